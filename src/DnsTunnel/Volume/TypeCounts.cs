using DnsTunnel.Wire;

namespace DnsTunnel.Volume;

/// <summary>Counts by record type; most domains are asked for one or two.</summary>
internal struct TypeCounts
{
    private ushort _firstType;
    private long _firstCount;
    private Dictionary<ushort, long>? _others;

    public static TypeCounts From(IReadOnlyDictionary<string, long> counts)
    {
        var result = default(TypeCounts);
        foreach (var (name, count) in counts)
        {
            _ = DnsTypes.TryParse(name, out var type);
            result.Add(type, count);
        }

        return result;
    }

    /// <summary>One that counting on does not change.</summary>
    public readonly TypeCounts Copy() => this with { _others = _others is null ? null : new(_others) };

    public void Add(ushort type, long count)
    {
        if (_firstCount == 0 || _firstType == type)
        {
            _firstType = type;
            _firstCount += count;
            return;
        }

        _others ??= [];
        _others[type] = _others.GetValueOrDefault(type) + count;
    }

    public void Merge(in TypeCounts other)
    {
        if (other._firstCount > 0) Add(other._firstType, other._firstCount);
        foreach (var (type, count) in other._others ?? []) Add(type, count);
    }

    /// <summary>How many are of the types that a test picks.</summary>
    public readonly long Count(Func<ushort, bool> isWanted)
    {
        var count = _firstCount > 0 && isWanted(_firstType) ? _firstCount : 0;
        foreach (var (type, others) in _others ?? [])
        {
            if (isWanted(type)) count += others;
        }

        return count;
    }

    /// <summary>By IANA name, most frequent first (a dictionary that nothing is removed from keeps its order).</summary>
    public readonly IReadOnlyDictionary<string, long> ToDictionary()
    {
        var counts = new List<KeyValuePair<ushort, long>>(_others ?? []);
        if (_firstCount > 0) counts.Add(new(_firstType, _firstCount));
        counts.Sort((a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : a.Key.CompareTo(b.Key));
        return counts.ToDictionary(c => DnsTypes.NameOf(c.Key), c => c.Value);
    }
}
