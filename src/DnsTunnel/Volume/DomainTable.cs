using DnsTunnel.Exceptions;
using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>Numbers for registered domains.</summary>
internal sealed class DomainTable(ExceptionList? exceptions)
{
    private readonly Dictionary<ulong, int> _byHash = [];
    private readonly List<string> _names = [];
    private readonly List<ExceptionRules?> _rules = [];

    public string this[int domain] => _names[domain];

    public int Count => _names.Count;

    /// <summary>The exceptions that a domain's names can fall under.</summary>
    public ExceptionRules? RulesOf(int domain) => _rules[domain];

    /// <param name="lowerWire">In lower case.</param>
    public int Intern(ReadOnlySpan<byte> lowerWire)
    {
        var hash = NameHash.OfLower(lowerWire);
        if (_byHash.TryGetValue(hash, out var domain)) return domain;
        _names.Add(DnsName.ToText(lowerWire));
        _rules.Add(exceptions?.For(lowerWire));
        return _byHash[hash] = _names.Count - 1;
    }

    /// <summary>A table of some of the domains alone, and the new number of each.</summary>
    public (DomainTable Table, Dictionary<int, int> Numbers) Keep(IReadOnlySet<int> domains)
    {
        var kept = new DomainTable(exceptions);
        var numbers = new Dictionary<int, int>();
        foreach (var (hash, domain) in _byHash.Where(d => domains.Contains(d.Value)))
        {
            numbers[domain] = kept._byHash[hash] = kept._names.Count;
            kept._names.Add(_names[domain]);
            kept._rules.Add(_rules[domain]);
        }

        return (kept, numbers);
    }
}
