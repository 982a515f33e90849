using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DnsTunnel.Volume;

/// <summary>The summaries of one window, in the order in which they were added. Open addressing: a look-up is one place in memory, seldom two.</summary>
internal sealed class SummaryTable : IEnumerable<KeyValuePair<SummaryKey, DomainSummary>>
{
    private Slot[] _slots = new Slot[16];
    private List<int> _order = [];

    public int Count => _order.Count;

    public IEnumerable<DomainSummary> Summaries => this.Select(s => s.Value);

    public bool TryGet(SummaryKey key, [NotNullWhen(true)] out DomainSummary? summary)
    {
        summary = _slots[PlaceOf(key)].Summary;
        return summary is not null;
    }

    public void Add(SummaryKey key, DomainSummary summary)
    {
        if (Count * 4 >= _slots.Length * 3) Rebuild(_slots.Length * 2, _ => true);
        var place = PlaceOf(key);
        _slots[place] = new Slot { Key = key, Summary = summary };
        _order.Add(place);
    }

    /// <summary>Takes out all that are not to be kept; asks for each once, in their order.</summary>
    public void Keep(Predicate<DomainSummary> isKept) => Rebuild(_slots.Length, isKept);

    public IEnumerator<KeyValuePair<SummaryKey, DomainSummary>> GetEnumerator()
    {
        foreach (var place in _order) yield return new(_slots[place].Key, _slots[place].Summary!);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Rebuild(int capacity, Predicate<DomainSummary> isKept)
    {
        var (slots, order) = (_slots, _order);
        _slots = new Slot[capacity];
        _order = new List<int>(order.Count);
        foreach (var place in order)
        {
            if (isKept(slots[place].Summary!)) Add(slots[place].Key, slots[place].Summary!);
        }
    }

    /// <summary>Where the key is, or the free place for it. Numbers are given out in turn, so nobody chooses them to collide.</summary>
    private int PlaceOf(SummaryKey key)
    {
        var slots = _slots;
        var hash = (((ulong)(uint)key.Client << 32) | (uint)key.Domain) * 0x9E3779B97F4A7C15;
        var place = (int)(hash >> 32) & (slots.Length - 1);
        while (slots[place].Summary is not null && slots[place].Key != key) place = (place + 1) & (slots.Length - 1);
        return place;
    }

    private struct Slot
    {
        public SummaryKey Key;
        public DomainSummary? Summary;
    }
}
