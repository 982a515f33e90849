using System.Runtime.CompilerServices;
using DnsTunnel.Wire;

namespace DnsTunnel.Volume;

/// <summary>Counts by record type; most domains are asked for one or two.</summary>
internal struct TypeCounts
{
    private const int Inline = 4;

    private Types _types;
    private Counts _counts;
    private int _held;
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
        for (var i = 0; i < _held; i++)
        {
            if (_types[i] != type || _counts[i] + count > uint.MaxValue) continue;
            _counts[i] += (uint)count;
            return;
        }

        if (_held < Inline && count <= uint.MaxValue)
        {
            (_types[_held], _counts[_held]) = (type, (uint)count);
            _held++;
            return;
        }

        _others ??= [];
        _others[type] = _others.GetValueOrDefault(type) + count;
    }

    public void Merge(in TypeCounts other)
    {
        foreach (var (type, count) in other.All()) Add(type, count);
    }

    /// <summary>How many are of the types that a test picks.</summary>
    public readonly long Count(Func<ushort, bool> isWanted) => All().Where(c => isWanted(c.Key)).Sum(c => c.Value);

    /// <summary>By IANA name, most frequent first (a dictionary that nothing is removed from keeps its order).</summary>
    public readonly IReadOnlyDictionary<string, long> ToDictionary() => All()
        .OrderByDescending(c => c.Value)
        .ThenBy(c => c.Key)
        .ToDictionary(c => DnsTypes.NameOf(c.Key), c => c.Value);

    private readonly Dictionary<ushort, long> All()
    {
        var all = new Dictionary<ushort, long>(_others ?? []);
        for (var i = 0; i < _held; i++) all[_types[i]] = all.GetValueOrDefault(_types[i]) + _counts[i];
        return all;
    }

    [InlineArray(Inline)]
    private struct Types
    {
        private ushort _first;
    }

    [InlineArray(Inline)]
    private struct Counts
    {
        private uint _first;
    }
}
