using DnsTunnel.Wire;

namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// The package anomalous-dns of Zeek with its default settings: more than 8 distinct names of a domain within 60 minutes, over all
/// clients (Domain_Query_Limit), or a name of more than 90 characters (Oversized_Query). Source: jbaggs/anomalous-dns,
/// an-dns-domain.zeek and an-dns-oversized.zeek. Its notices of sizes of answers, types and fast flux name no domain and are left out.
/// </summary>
internal sealed class ZeekRule(RuleHits hits) : IRule
{
    private const int MaxNames = 8;
    private const int MaxLength = 90;
    private const ushort NetBiosType = 32;
    private const ushort NetBiosPort = 137;

    private readonly SlidingDistinct<int> _names = new(MaxNames, TimeSpan.TicksPerHour);

    public void Add(in RuleQuery query)
    {
        if (hits.Contains(query.Domain) || !(IsOversized(query) || IsOverLimit(query))) return;
        hits.Add(query.Domain, query.Before);
        _names.Forget(query.Domain);
    }

    public void Complete(in Moment end)
    {
    }

    private static bool IsOversized(in RuleQuery query) =>
        query.TextLength > MaxLength
        && query.Type is not (DnsTypes.Ptr or NetBiosType)
        && query.ServerPort != NetBiosPort
        && !IsIgnored(query.Lower);

    /// <summary>As in the package, the first four match anywhere in a name.</summary>
    private static bool IsIgnored(ReadOnlySpan<byte> lower) =>
        lower.IndexOf("wpad"u8) >= 0
        || lower.IndexOf("isatap"u8) >= 0
        || lower.IndexOf("autodiscover"u8) >= 0
        || lower.IndexOf("domains\u0006_msdcs"u8) >= 0
        || lower.EndsWith("gstatic\u0003com\0"u8)
        || lower.EndsWith("mcafee\u0003com\0"u8);

    private bool IsOverLimit(in RuleQuery query) =>
        query.HasDomain
        && !query.Lower.EndsWith("\u0007in-addr\u0004arpa\0"u8)
        && !query.Lower.EndsWith("\u0003ip6\u0004arpa\0"u8)
        && _names.Add(query.Domain, query.Hash, query.Ticks);
}
