using DnsTunnel.Names;

namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// Sigma's "High DNS subdomain requests rate per domain": more than 200 distinct names of a registered domain that one host asks for in
/// 15 minutes, but for 16 domains. Source: SigmaHQ/sigma, net_dns_high_subdomain_rate.yml (unsupported rules).
/// </summary>
internal sealed class SigmaRule(RuleHits hits) : IRule
{
    private const string Exceptions = """
        akadns.net akamaiedge.net amazonaws.com apple.com apple-dns.net cloudfront.net icloud.com in-addr.arpa
        google.com yahoo.com dropbox.com windowsupdate.com microsoftonline.com s-microsoft.com office365.com linkedin.com
        """;

    private static readonly byte[][] s_exceptions = [.. Exceptions.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Wire)];

    private readonly SlidingDistinct<(int Domain, int Client)> _names = new(200, 15 * TimeSpan.TicksPerMinute);

    public void Add(in RuleQuery query)
    {
        var key = (query.Domain, query.Client);
        if (!query.HasDomain || hits.Contains(query.Domain) || !_names.Add(key, query.Hash, query.Ticks)) return;
        _names.Forget(key);
        if (!IsException(query.Lower)) hits.Add(query.Domain, query.Before);
    }

    public void Complete(in Moment end)
    {
    }

    /// <summary>The rule takes the part below the suffixes of registries only, so names below a private suffix are excepted with it.</summary>
    private static bool IsException(ReadOnlySpan<byte> lower)
    {
        for (var rest = lower; !rest.IsEmpty && rest[0] != 0; rest = rest[(1 + rest[0])..])
        {
            foreach (var exception in s_exceptions)
            {
                if (rest.SequenceEqual(exception)) return true;
            }
        }

        return false;
    }

    private static byte[] Wire(string domain)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        return DnsName.TryParse(domain, wire, out var length) ? wire[..length].ToArray() : throw new FormatException(domain);
    }
}
