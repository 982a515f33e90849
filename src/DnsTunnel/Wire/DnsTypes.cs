using System.Globalization;

namespace DnsTunnel.Wire;

/// <summary>Record types: the numbers this project needs and all names, from the IANA registry "DNS Parameters".</summary>
internal static class DnsTypes
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Soa = 6;
    public const ushort Null = 10;
    public const ushort Ptr = 12;
    public const ushort Mx = 15;
    public const ushort Txt = 16;
    public const ushort Key = 25;
    public const ushort Aaaa = 28;
    public const ushort Srv = 33;
    public const ushort Dname = 39;
    public const ushort Opt = 41;
    public const ushort Svcb = 64;
    public const ushort Https = 65;
    public const ushort Any = 255;
    public const ushort Caa = 257;

    private static readonly string?[] s_names = MakeNames();

    /// <summary>The IANA mnemonic, or TYPEn (RFC 3597, section 5).</summary>
    public static string NameOf(ushort type)
    {
        var known = type < s_names.Length ? s_names[type] : null;
        return known ?? string.Create(CultureInfo.InvariantCulture, $"TYPE{type}");
    }

    /// <summary>The number of a mnemonic or TYPEn, letter case ignored.</summary>
    public static bool TryParse(string name, out ushort type)
    {
        var index = Array.FindIndex(s_names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        type = (ushort)Math.Max(index, 0);
        return index >= 0
            || (name.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase)
                && ushort.TryParse(name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out type));
    }

    private static string?[] MakeNames()
    {
        var names = new string?[262];
        string[] first =
        [
            "A", "NS", "MD", "MF", "CNAME", "SOA", "MB", "MG", "MR", "NULL", "WKS", "PTR", "HINFO", "MINFO", "MX", "TXT", "RP", "AFSDB",
            "X25", "ISDN", "RT", "NSAP", "NSAP-PTR", "SIG", "KEY", "PX", "GPOS", "AAAA", "LOC", "NXT", "EID", "NIMLOC", "SRV", "ATMA",
            "NAPTR", "KX", "CERT", "A6", "DNAME", "SINK", "OPT", "APL", "DS", "SSHFP", "IPSECKEY", "RRSIG", "NSEC", "DNSKEY", "DHCID",
            "NSEC3", "NSEC3PARAM", "TLSA", "SMIMEA",
        ];
        first.CopyTo(names, 1);
        string[] second = ["HIP", "NINFO", "RKEY", "TALINK", "CDS", "CDNSKEY", "OPENPGPKEY", "CSYNC", "ZONEMD", "SVCB", "HTTPS", "DSYNC", "HHIT", "BRID"];
        second.CopyTo(names, 55);
        string[] third = ["SPF", "UINFO", "UID", "GID", "UNSPEC", "NID", "L32", "L64", "LP", "EUI48", "EUI64"];
        third.CopyTo(names, 99);
        string[] fourth = ["TKEY", "TSIG", "IXFR", "AXFR", "MAILB", "MAILA", "ANY", "URI", "CAA", "AVC", "DOA", "AMTRELAY", "RESINFO"];
        fourth.CopyTo(names, 249);
        return names;
    }
}
