namespace DnsTunnel.Measurement;

/// <summary>The domains that one rule found, and when first.</summary>
internal sealed class RuleHits
{
    private readonly Dictionary<int, Moment> _first = [];

    /// <summary>The moments by domain.</summary>
    public IReadOnlyDictionary<int, Moment> First => _first;

    /// <summary>The scores of domains at the end of the capture, for rules that have one.</summary>
    public Dictionary<int, double> Scores { get; } = [];

    public bool Contains(int domain) => _first.ContainsKey(domain);

    /// <summary>Notes that a domain met the condition; later moments of the same domain change nothing.</summary>
    public void Add(int domain, in Moment moment) => _first.TryAdd(domain, moment);
}
