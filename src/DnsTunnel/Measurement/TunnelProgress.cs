using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Measurement;

/// <summary>What has passed through a labelled tunnel so far, over all its domains: one payload may rotate over several.</summary>
internal sealed class TunnelProgress
{
    /// <summary>About 40 MB. Past it each name counts as new, so the bytes stay an upper bound.</summary>
    private const int MaxNames = 1 << 20;

    private const int UnitsPerByte = 8 * LabelCode.Unit;

    private readonly HashSet<ulong> _names = [];
    private long _cost;

    public long Queries { get; private set; }

    /// <summary>Each label of the distinct names counts once, by <see cref="LabelCode"/>.</summary>
    public long Bytes => (_cost + UnitsPerByte - 1) / UnitsPerByte;

    /// <summary>Time of the first query in ticks; null before it.</summary>
    public long? FirstTicks { get; private set; }

    public void Add(in RuleQuery query)
    {
        FirstTicks ??= query.Ticks;
        Queries++;
        for (var offset = 0; offset < query.DomainOffset; offset += 1 + query.Lower[offset])
        {
            // Who knows a name knows its parents.
            if (!IsNew(offset == 0 ? query.Hash : NameHash.OfLower(query.Lower[offset..]))) return;
            _cost += LabelCode.Cost(query.Name.Slice(offset + 1, query.Name[offset]));
        }
    }

    private bool IsNew(ulong name) => _names.Count < MaxNames ? _names.Add(name) : !_names.Contains(name);
}
