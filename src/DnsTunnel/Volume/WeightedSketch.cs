using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>
/// A set of names with two weights each that counts exactly while small and then keeps a sample: only names of a rank of at least
/// the level stay, one in 2^level (adaptive sampling: Wegman; Flajolet, "On adaptive sampling", Computing 1990). The level depends on
/// nothing but the set, so adding in any order, or merging parts, gives the same sketch. Standard error about 1.2/sqrt(limit).
/// </summary>
internal sealed class WeightedSketch
{
    /// <summary>Exact up to here, unless it is trimmed.</summary>
    public const int MaxCount = 8192;

    private const int FirstCapacity = 4;

    /// <summary>Most sets stay at one entry: it needs no table.</summary>
    private Entry _single;
    private Entry[]? _table;
    private int _level;
    private long _firstSum;
    private long _secondSum;

    /// <summary>Entries held.</summary>
    public int HeldCount { get; private set; }

    /// <summary>How many distinct names were added.</summary>
    public long Count => (long)HeldCount << _level;

    /// <summary>Sum of the first weights of distinct names.</summary>
    public long FirstSum => _firstSum << _level;

    /// <summary>Sum of the second weights of distinct names.</summary>
    public long SecondSum => _secondSum << _level;

    /// <summary>Whether a name is held. One that is not may be new, or outside the sample.</summary>
    public bool Holds(NameKey key)
    {
        var hash = NotZero(key.Hash);
        return _table is null ? HeldCount == 1 && _single.Hash == hash : _table[Place(_table, hash)].Hash == hash;
    }

    /// <summary>Adds a name. Of different weights for the same name the larger ones count.</summary>
    public void Add(NameKey key, int first, int second)
    {
        if (key.Rank < _level) return;
        var entry = new Entry(NotZero(key.Hash), Narrow(first), Narrow(second), key.Rank);
        if (_table is null && HeldCount == 0)
        {
            _single = entry;
            Tally(entry);
            return;
        }

        if (_table is null && _single.Hash == entry.Hash)
        {
            Raise(ref _single, entry);
            return;
        }

        if (_table is null || HeldCount * 4 >= _table.Length * 3) Rebuild(Math.Max(FirstCapacity, 2 * (_table?.Length ?? 0)), _level);
        ref var place = ref _table![Place(_table, entry.Hash)];
        if (place.Hash != 0)
        {
            Raise(ref place, entry);
            return;
        }

        place = entry;
        Tally(entry);
        Trim(MaxCount);
    }

    /// <summary>Adds all that another one holds.</summary>
    public void Merge(WeightedSketch other)
    {
        if (other._level > _level) Rebuild(Math.Max(FirstCapacity, _table?.Length ?? 0), other._level);
        foreach (var entry in other.Entries)
        {
            if (entry.Hash != 0) Add(new NameKey(entry.Hash, entry.Rank), entry.First, entry.Second);
        }
    }

    /// <summary>Samples on until no more than a number of entries are held.</summary>
    public void Trim(int limit)
    {
        while (HeldCount > limit) Rebuild(_table!.Length, _level + 1);
    }

    private ReadOnlySpan<Entry> Entries => _table is not null ? _table : HeldCount == 0 ? [] : new ReadOnlySpan<Entry>(in _single);

    /// <summary>A hash of 0 is the mark of a free place and stands as 1.</summary>
    private static ulong NotZero(ulong hash) => Math.Max(hash, 1);

    private static ushort Narrow(int weight) => (ushort)Math.Min(weight, ushort.MaxValue);

    /// <summary>Where the hash is, or the free place for it.</summary>
    private static int Place(Entry[] table, ulong hash)
    {
        var mask = table.Length - 1;
        var place = (int)hash & mask;
        while (table[place].Hash != 0 && table[place].Hash != hash) place = (place + 1) & mask;
        return place;
    }

    private void Raise(ref Entry held, in Entry entry)
    {
        var larger = held with { First = Math.Max(held.First, entry.First), Second = Math.Max(held.Second, entry.Second) };
        _firstSum += larger.First - held.First;
        _secondSum += larger.Second - held.Second;
        held = larger;
    }

    private void Tally(in Entry entry)
    {
        HeldCount++;
        _firstSum += entry.First;
        _secondSum += entry.Second;
    }

    private void Rebuild(int capacity, int level)
    {
        var entries = _table ?? (HeldCount == 1 ? [_single] : []);
        _table = new Entry[capacity];
        (HeldCount, _firstSum, _secondSum, _level) = (0, 0, 0, level);
        foreach (var entry in entries)
        {
            if (entry.Hash == 0 || entry.Rank < level) continue;
            _table[Place(_table, entry.Hash)] = entry;
            Tally(entry);
        }
    }

    private readonly record struct Entry(ulong Hash, ushort First, ushort Second, byte Rank);
}
