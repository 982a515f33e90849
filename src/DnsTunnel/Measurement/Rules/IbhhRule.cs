namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// Information-based heavy hitters (Ozery, Nadler, Shabtai, NDSS 2024): the bytes of the distinct subdomains of a registered domain in a
/// window of 120 s. Source: arXiv 2307.02614 and the authors' code. They estimate the sum with a weighted HyperLogLog; here it is exact.
/// Their threshold comes from the network it runs in, and they allow for good each domain that exceeded it in a time of peace: a
/// capture has neither. So this is 168 bytes, the lowest rate they tell of (0.7 bytes/s) in hexadecimal, and nothing is allowed: its
/// false domains are more than theirs would be.
/// </summary>
internal sealed class IbhhRule(RuleHits hits) : IRule
{
    private const long WindowTicks = 120 * TimeSpan.TicksPerSecond;
    private const int Threshold = 168;

    private readonly HashSet<ulong> _names = [];
    private readonly Dictionary<int, int> _bytes = [];
    private long _windowEnd = long.MinValue;

    public void Add(in RuleQuery query)
    {
        if (query.Ticks >= _windowEnd)
        {
            _names.Clear();
            _bytes.Clear();
            _windowEnd = ((query.Ticks / WindowTicks) + 1) * WindowTicks;
        }

        if (!query.HasDomain || query.DomainOffset == 0 || hits.Contains(query.Domain) || !_names.Add(query.Hash)) return;
        var bytes = _bytes.GetValueOrDefault(query.Domain) + query.DomainOffset - 1;
        _bytes[query.Domain] = bytes;
        if (bytes >= Threshold) hits.Add(query.Domain, query.Before);
    }

    public void Complete(in Moment end)
    {
    }
}
