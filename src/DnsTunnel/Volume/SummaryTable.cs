using System.Numerics;

namespace DnsTunnel.Volume;

/// <summary>The summaries of one window, in the order in which they were added. Open addressing over hashes; what is brief needs no object.</summary>
internal sealed class SummaryTable
{
    private const int FirstCount = 4;
    private const int ChunkSize = 1 << Brief.ChunkBits;

    /// <summary>In the upper half, of the hash; in the lower, one more than the place of the summary.</summary>
    private ulong[] _slots = new ulong[2 * FirstCount];
    private Brief[][] _chunks = [new Brief[FirstCount]];
    private List<DomainSummary> _full = [];

    public delegate bool Choice(HeldSummary summary);

    public int Count { get; private set; }

    public EntryPools Pools { get; } = new();

    public BriefClients Clients { get; } = new();

    public HeldSummary this[int index] => new(this, index, ref BriefAt(index));

    public DomainSummary? FullOf(in Brief brief) => brief.Full == 0 ? null : _full[brief.Full - 1];

    /// <summary>The summary of a key; an empty one, when it is new.</summary>
    public HeldSummary Of(SummaryKey key)
    {
        var hash = HashOf(key);
        var slots = _slots;
        for (var slot = (int)hash & (slots.Length - 1); slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            if ((uint)(slots[slot] >> 32) != hash) continue;
            var index = (int)slots[slot] - 1;
            ref var brief = ref BriefAt(index);
            if (brief.Key == key) return new(this, index, ref brief);
        }

        return Append(key, hash);
    }

    /// <summary>Makes an object of a brief summary.</summary>
    public DomainSummary Expand(int index)
    {
        var full = this[index].ToSummary();
        ref var brief = ref BriefAt(index);
        if (brief.Full > 0) return full;
        brief.Clear(Pools);
        Clients.Clear(index);
        Adopt(ref brief, full);
        return full;
    }

    /// <summary>Takes over what another table has, which is not to be used any more.</summary>
    public void Merge(SummaryTable other)
    {
        for (var i = 0; i < other.Count; i++)
        {
            var held = Of(other[i].Key);
            if (held.IsEmpty && other.FullOf(other.BriefAt(i)) is { } full)
            {
                Adopt(ref BriefAt(Count - 1), full);
                continue;
            }

            held.Merge(other[i]);
        }
    }

    /// <summary>Takes out all that are not to be kept; asks for each once, in their order.</summary>
    public void Keep(Choice isKept)
    {
        var count = 0;
        var full = new List<DomainSummary>();
        for (var i = 0; i < Count; i++)
        {
            ref var brief = ref BriefAt(i);
            if (!isKept(this[i]))
            {
                brief.Clear(Pools);
                continue;
            }

            if (FullOf(brief) is { } summary)
            {
                full.Add(summary);
                brief.Full = full.Count;
            }

            BriefAt(count) = brief;
            Clients.Move(i, count++);
        }

        for (var i = count; i < Count; i++) Clients.Clear(i);
        (Count, _full) = (count, full);
        if (_chunks.Length > 1) Array.Resize(ref _chunks, Math.Max(1, (Count + ChunkSize - 1) >> Brief.ChunkBits));
        RebuildSlots();
    }

    /// <summary>Gives all summaries other keys.</summary>
    public void Renumber(Func<SummaryKey, SummaryKey> newKey)
    {
        for (var i = 0; i < Count; i++) BriefAt(i).Key = newKey(BriefAt(i).Key);
        RebuildSlots();
    }

    private HeldSummary Append(SummaryKey key, uint hash)
    {
        if (Count * 4 >= _slots.Length * 3)
        {
            var slots = _slots;
            _slots = new ulong[slots.Length * 2];
            foreach (var slot in slots)
            {
                if (slot != 0) Enter(slot);
            }
        }

        var chunk = Count >> Brief.ChunkBits;
        if (chunk == _chunks.Length)
        {
            Array.Resize(ref _chunks, chunk + 1);
            _chunks[chunk] = new Brief[ChunkSize];
        }
        else if (Count == _chunks[0].Length && chunk == 0)
        {
            Array.Resize(ref _chunks[0], 2 * Count);
        }

        ref var brief = ref BriefAt(Count);
        brief = new Brief(key);
        Enter(SlotOf(hash, Count++));
        return new(this, Count - 1, ref brief);
    }

    private void Adopt(ref Brief brief, DomainSummary full)
    {
        _full.Add(full);
        brief.Full = _full.Count;
    }

    private void RebuildSlots()
    {
        _slots = new ulong[Math.Max(2 * FirstCount, (int)BitOperations.RoundUpToPowerOf2((uint)Count * 4 / 3 + 1))];
        for (var i = 0; i < Count; i++) Enter(SlotOf(HashOf(BriefAt(i).Key), i));
    }

    private void Enter(ulong slot)
    {
        var place = (int)(slot >> 32) & (_slots.Length - 1);
        while (_slots[place] != 0) place = (place + 1) & (_slots.Length - 1);
        _slots[place] = slot;
    }

    private static ulong SlotOf(uint hash, int index) => ((ulong)hash << 32) | (uint)(index + 1);

    private ref Brief BriefAt(int index) => ref _chunks[index >> Brief.ChunkBits][index & Brief.ChunkMask];

    /// <summary>Numbers are given out in turn, so nobody chooses them to collide.</summary>
    private static uint HashOf(SummaryKey key) => (uint)(((((ulong)(uint)key.Client << 32) | (uint)key.Domain) * 0x9E3779B97F4A7C15) >> 32);
}
