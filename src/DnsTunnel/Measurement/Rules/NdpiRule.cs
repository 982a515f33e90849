namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// nDPI's risk "suspicious DNS traffic": a first label of more than 48 characters, but for mDNS and names that end in one of six texts,
/// which it compares without regard to labels. Source: ntop/nDPI, src/lib/protocols/dns.c. Its other DNS risks (obsolete types, large
/// packets, names that look generated) are not about tunnels.
/// </summary>
internal sealed class NdpiRule(RuleHits hits) : IRule
{
    private const int MaxLabel = 48;
    private const ushort MulticastPort = 5353;

    public void Add(in RuleQuery query)
    {
        var lower = query.Lower;
        if (lower[0] <= MaxLabel || lower[0] == lower.Length - 2 || query.ServerPort == MulticastPort || IsException(lower)) return;
        hits.Add(query.Domain, query.Before);
    }

    public void Complete(in Moment end)
    {
    }

    private static bool IsException(ReadOnlySpan<byte> lower) =>
        lower.EndsWith("multi\u0005surbl\u0003org\0"u8)
        || lower.EndsWith("spamhaus\u0003org\0"u8)
        || lower.EndsWith("rackcdn\u0003com\0"u8)
        || lower.EndsWith("akamaiedge\u0003net\0"u8)
        || lower.EndsWith("mx-verification\u0006google\u0003com\0"u8)
        || lower.EndsWith("amazonaws\u0003com\0"u8);
}
