using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Most sets stay at one entry: it needs no table.</summary>
    private NameEntry _single;
    private NameEntry[]? _table;
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
        hash = NameEntry.NotZero(hash);
        ref var entry = ref _single;
        if (_table is not null) entry = ref _table[Place(_table, hash)];
        if (entry.Hash != hash) return false;
        entry.Note(ticks, traits);
        return true;
    }

    /// <summary>Adds a name.</summary>
    public void Add(NameKey key, in NameFacts facts)
    {
        if (key.Rank >= _level) Add(new NameEntry(NameEntry.NotZero(key.Hash), facts, key.Rank));
    }

    /// <summary>Adds all that another one holds.</summary>
    public void Merge(in NameSketch other)
    {
        if (other._level > _level) Rebuild(Math.Max(FirstCapacity, _table?.Length ?? 0), other._level);
        foreach (var entry in other.Entries)
        {
            if (entry.Hash != 0) Add(entry);
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
            if (entry.Hash != 0) names.Add(entry.ToHeldName(Multiplicity));
        }
    }

    [UnscopedRef]
    private readonly ReadOnlySpan<NameEntry> Entries => _table is not null ? _table : HeldCount == 0 ? [] : new ReadOnlySpan<NameEntry>(in _single);

    /// <summary>Where the hash is, or the free place for it.</summary>
    private static int Place(NameEntry[] table, ulong hash)
    {
        var mask = table.Length - 1;
        var place = (int)hash & mask;
        while (table[place].Hash != 0 && table[place].Hash != hash) place = (place + 1) & mask;
        return place;
    }

    /// <summary>Adds what another set held.</summary>
    public void Add(in NameEntry entry)
    {
        if (entry.Rank < _level) return;
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

    private void Join(ref NameEntry held, in NameEntry entry)
    {
        var joined = held.With(entry);
        _byteSum += joined.Facts.Bytes - held.Facts.Bytes;
        _costSum += joined.Facts.Cost - held.Facts.Cost;
        held = joined;
    }

    private void Tally(in NameEntry entry)
    {
        HeldCount++;
        _byteSum += entry.Facts.Bytes;
        _costSum += entry.Facts.Cost;
    }

    private void Rebuild(int capacity, int level)
    {
        var entries = _table ?? (HeldCount == 1 ? [_single] : []);
        _table = new NameEntry[capacity];
        (HeldCount, _byteSum, _costSum, _level) = (0, 0, 0, level);
        foreach (var entry in entries)
        {
            if (entry.Hash == 0 || entry.Rank < level) continue;
            _table[Place(_table, entry.Hash)] = entry;
            Tally(entry);
        }
    }
}
