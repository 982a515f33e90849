namespace DnsTunnel.Logs;

/// <summary>Words for types, classes and response codes as IANA writes them.</summary>
internal static class LogWords
{
    /// <summary>The word in upper case; the same string when it is so already.</summary>
    public static string Upper(string word) => word.AsSpan().ContainsAnyInRange('a', 'z') ? word.ToUpperInvariant() : word;

    /// <summary>Zeek writes C_INTERNET, Route 53 and most others IN.</summary>
    public static string Class(string word) => Upper(word) switch
    {
        "C_INTERNET" or "INTERNET" or "" => "IN",
        "C_CHAOS" or "CHAOS" => "CH",
        "C_HESIOD" or "HESIOD" => "HS",
        "C_NONE" => "NONE",
        "C_ANY" or "QCLASS_ANY" => "ANY",
        var other => other,
    };
}
