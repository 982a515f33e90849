using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>
/// A set of names that counts exactly while small and then keeps a sample: only names of a rank of at least the level stay, one in
/// 2^level (adaptive sampling: Wegman; Flajolet, "On adaptive sampling", Computing 1990). The level depends on nothing but the set, so
/// adding in any order, or merging parts, gives the same sketch. Standard error about 1.2/sqrt(limit). A copy shares its table: pass it by reference.
/// </summary>
internal struct NameSketch
{
    /// <summary>Exact up to here, unless it is trimmed.</summary>
    public const int MaxCount = 8192;

    private const int FirstCapacity = 4;
    private const uint TicksPerUnit = (uint)(TimeSpan.TicksPerSecond / 10);

    /// <summary>Most sets stay at one entry: it needs no table.</summary>
    private Entry _single;
    private Entry[]? _table;
    private int _level;
    private long _byteSum;
    private long _costSum;

    /// <summary>Entries held.</summary>
    public int HeldCount { readonly get; private set; }

    /// <summary>For how many names each entry stands.</summary>
    public readonly long Multiplicity => 1L << _level;

    /// <summary>How many distinct names were added.</summary>
    public readonly long Count => (long)HeldCount << _level;

    /// <summary>Sum of the bytes of distinct names.</summary>
    public readonly long ByteSum => _byteSum << _level;

    /// <summary>Sum of the costs of distinct names.</summary>
    public readonly long CostSum => _costSum << _level;

    /// <summary>Notes that a held name was asked again. False when it is not held: it is new, or outside the sample.</summary>
    public bool TryTouch(ulong hash, long ticks, NameTraits traits)
    {
        hash = NotZero(hash);
        ref var entry = ref _single;
        if (_table is not null) entry = ref _table[Place(_table, hash)];
        if (entry.Hash != hash) return false;
        entry.Note(ticks, traits);
        return true;
    }

    /// <summary>Adds a name.</summary>
    public void Add(NameKey key, in NameFacts facts)
    {
        if (key.Rank >= _level) Add(new Entry(NotZero(key.Hash), facts, key.Rank));
    }

    /// <summary>Adds all that another one holds.</summary>
    public void Merge(in NameSketch other)
    {
        if (other._level > _level) Rebuild(Math.Max(FirstCapacity, _table?.Length ?? 0), other._level);
        foreach (var entry in other.Entries)
        {
            if (entry.Hash != 0 && entry.Rank >= _level) Add(entry);
        }
    }

    /// <summary>Samples on until no more than a number of entries are held.</summary>
    public void Trim(int limit)
    {
        while (HeldCount > limit) Rebuild(_table!.Length, _level + 1);
    }

    /// <summary>Writes what is held to a list, in no order.</summary>
    /// <param name="names">The list.</param>
    public readonly void CopyTo(List<HeldName> names)
    {
        foreach (var entry in Entries)
        {
            if (entry.Hash != 0) names.Add(new HeldName(entry.Hash, entry.Facts, entry.Span * (long)TicksPerUnit, Multiplicity));
        }
    }

    [UnscopedRef]
    private readonly ReadOnlySpan<Entry> Entries => _table is not null ? _table : HeldCount == 0 ? [] : new ReadOnlySpan<Entry>(in _single);

    /// <summary>A hash of 0 is the mark of a free place and stands as 1.</summary>
    private static ulong NotZero(ulong hash) => Math.Max(hash, 1);

    /// <summary>Where the hash is, or the free place for it.</summary>
    private static int Place(Entry[] table, ulong hash)
    {
        var mask = table.Length - 1;
        var place = (int)hash & mask;
        while (table[place].Hash != 0 && table[place].Hash != hash) place = (place + 1) & mask;
        return place;
    }

    private void Add(in Entry entry)
    {
        if (_table is null && HeldCount == 0)
        {
            _single = entry;
            Tally(entry);
            return;
        }

        if (_table is null && _single.Hash == entry.Hash)
        {
            Join(ref _single, entry);
            return;
        }

        if (_table is null || HeldCount * 4 >= _table.Length * 3) Rebuild(Math.Max(FirstCapacity, 2 * (_table?.Length ?? 0)), _level);
        ref var place = ref _table![Place(_table, entry.Hash)];
        if (place.Hash != 0)
        {
            Join(ref place, entry);
            return;
        }

        place = entry;
        Tally(entry);
        Trim(MaxCount);
    }

    private void Join(ref Entry held, in Entry entry)
    {
        var joined = held.With(entry);
        _byteSum += joined.Facts.Bytes - held.Facts.Bytes;
        _costSum += joined.Facts.Cost - held.Facts.Cost;
        held = joined;
    }

    private void Tally(in Entry entry)
    {
        HeldCount++;
        _byteSum += entry.Facts.Bytes;
        _costSum += entry.Facts.Cost;
    }

    private void Rebuild(int capacity, int level)
    {
        var entries = _table ?? (HeldCount == 1 ? [_single] : []);
        _table = new Entry[capacity];
        (HeldCount, _byteSum, _costSum, _level) = (0, 0, 0, level);
        foreach (var entry in entries)
        {
            if (entry.Hash == 0 || entry.Rank < level) continue;
            _table[Place(_table, entry.Hash)] = entry;
            Tally(entry);
        }
    }

    /// <param name="Hash">Of the name.</param>
    /// <param name="Facts">Of the name.</param>
    /// <param name="Rank">Decides whether it stays in the sample.</param>
    [StructLayout(LayoutKind.Auto)]
    private record struct Entry(ulong Hash, NameFacts Facts, byte Rank)
    {
        /// <summary>From the first to the last query for it, in tenths of a second.</summary>
        public uint Span { get; private set; }

        public readonly Entry With(in Entry other)
        {
            var joined = this with { Facts = Facts.With(other.Facts) };
            var last = Math.Max(Last, other.Last);
            joined.Span = Units(last - joined.Facts.Ticks);
            return joined;
        }

        public void Note(long ticks, NameTraits traits)
        {
            var last = Math.Max(Last, ticks);
            Facts = Facts with { Ticks = Math.Min(Facts.Ticks, ticks), Traits = Facts.Traits | traits };
            Span = Units(last - Facts.Ticks);
        }

        private readonly long Last => Facts.Ticks + (Span * (long)TicksPerUnit);

        private static uint Units(long ticks) => (uint)Math.Min(ticks / TicksPerUnit, uint.MaxValue);
    }
}
