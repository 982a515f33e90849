using System.Runtime.InteropServices;
using DnsTunnel.Wire;

namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// Splunk's "DNS Query Length With High Standard Deviation": a name longer than the mean and two standard deviations of all names of
/// the search, types PTR, SOA and SRV and top-level domains over 20 characters left out. Source: splunk/security_content,
/// dns_query_length_with_high_standard_deviation.yml. A search covers an hour; what exceeds its threshold is known at its end, and the
/// moment is that of the query itself, which favours the rule.
/// </summary>
internal sealed class SplunkRule(RuleHits hits) : IRule
{
    private const int MaxTopLevelLength = 20;

    private readonly HashSet<(ulong Name, ushort Type, int Client)> _rows = [];

    /// <summary>By domain, each name that was longer than those before: the first over any threshold is one of them.</summary>
    private readonly Dictionary<int, List<(int Length, Moment Before)>> _longest = [];
    private long _searchEnd = long.MinValue;
    private double _sum;
    private double _squares;

    public void Add(in RuleQuery query)
    {
        if (query.Ticks >= _searchEnd)
        {
            Search();
            _searchEnd = ((query.Ticks / TimeSpan.TicksPerHour) + 1) * TimeSpan.TicksPerHour;
        }

        if (query.Type is DnsTypes.Ptr or DnsTypes.Soa or DnsTypes.Srv || TopLevelLength(query.Lower) > MaxTopLevelLength) return;
        if (!_rows.Add((query.Hash, query.Type, query.Client))) return;
        var length = query.TextLength;
        _sum += length;
        _squares += (double)length * length;
        ref var longest = ref CollectionsMarshal.GetValueRefOrAddDefault(_longest, query.Domain, out _);
        longest ??= [];
        if (longest.Count == 0 || longest[^1].Length < length) longest.Add((length, query.Before));
    }

    public void Complete(in Moment end) => Search();

    private static int TopLevelLength(ReadOnlySpan<byte> lower)
    {
        var length = 0;
        for (var rest = lower; !rest.IsEmpty && rest[0] != 0; rest = rest[(1 + rest[0])..]) length = rest[0];
        return length;
    }

    private void Search()
    {
        var count = _rows.Count;
        if (count > 1)
        {
            var mean = _sum / count;
            var deviation = Math.Sqrt(Math.Max(0, (_squares - (_sum * mean)) / (count - 1)));
            foreach (var (domain, longest) in _longest)
            {
                var first = longest.FindIndex(l => l.Length > mean + (2 * deviation));
                if (first >= 0) hits.Add(domain, longest[first].Before);
            }
        }

        _rows.Clear();
        _longest.Clear();
        (_sum, _squares) = (0, 0);
    }
}
