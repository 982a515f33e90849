using System.Globalization;

namespace DnsTunnel.Wire;

/// <summary>Names of response codes and classes, from the IANA registry "DNS Parameters".</summary>
internal static class DnsCodes
{
    public const int NxDomain = 3;

    private static readonly string[] s_responses =
    [
        "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE",
        "DSOTYPENI",
    ];

    public static string ResponseName(int code) => code switch
    {
        >= 0 and < 12 => s_responses[code],
        16 => "BADVERS",
        17 => "BADKEY",
        18 => "BADTIME",
        19 => "BADMODE",
        20 => "BADNAME",
        21 => "BADALG",
        22 => "BADTRUNC",
        23 => "BADCOOKIE",
        _ => string.Create(CultureInfo.InvariantCulture, $"RCODE{code}"),
    };

    /// <summary>The class, or CLASSn (RFC 3597, section 5).</summary>
    public static string ClassName(ushort @class) => @class switch
    {
        1 => "IN",
        3 => "CH",
        4 => "HS",
        254 => "NONE",
        255 => "ANY",
        _ => string.Create(CultureInfo.InvariantCulture, $"CLASS{@class}"),
    };

    /// <summary>The code of a name of <see cref="ResponseName"/>; null for other words.</summary>
    public static int? FindResponse(string name)
    {
        var known = Array.IndexOf(s_responses, name);
        if (known >= 0) return known;
        if (TryReadNumber(name, "RCODE", out var number)) return number;
        for (var code = 16; code <= 23; code++)
        {
            if (ResponseName(code) == name) return code;
        }
        return null;
    }

    /// <summary>The class of a name of <see cref="ClassName"/>; null for other words.</summary>
    public static int? FindClass(string name) => name switch
    {
        "IN" => 1,
        "CH" => 3,
        "HS" => 4,
        "NONE" => 254,
        "ANY" => 255,
        _ => TryReadNumber(name, "CLASS", out var number) ? number : null,
    };

    private static bool TryReadNumber(string name, string prefix, out ushort number)
    {
        number = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && ushort.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
