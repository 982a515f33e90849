using System.Diagnostics.CodeAnalysis;
using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>
/// Counts distinct clients as <see cref="NameSketch"/> counts names, in eight bytes each: the upper bits of the hash and, in the lowest
/// seven, one more than the rank.
/// </summary>
internal struct ClientSketch
{
    private const int RankBits = 7;
    private const int FirstCapacity = 4;

    private ulong _single;
    private ulong[]? _table;
    private int _level;

    /// <summary>Entries held.</summary>
    public int HeldCount { readonly get; private set; }

    /// <summary>How many distinct clients were added.</summary>
    public readonly long Count => (long)HeldCount << _level;

    /// <summary>Adds a client; true when the number of entries may have changed.</summary>
    public bool Add(NameKey key) => Add(EntryOf(key));

    /// <summary>What stands for a client.</summary>
    public static ulong EntryOf(NameKey key) => (key.Hash << RankBits) | (key.Rank + 1UL);

    /// <summary>Adds all that another one holds.</summary>
    public void Merge(in ClientSketch other)
    {
        if (other._level > _level) Rebuild(Math.Max(FirstCapacity, _table?.Length ?? 0), other._level);
        foreach (var entry in other.Entries)
        {
            if (entry != 0) Add(entry);
        }
    }

    /// <summary>Samples on until no more than a number of entries are held.</summary>
    public void Trim(int limit)
    {
        while (HeldCount > limit) Rebuild(_table!.Length, _level + 1);
    }

    [UnscopedRef]
    private readonly ReadOnlySpan<ulong> Entries => _table is not null ? _table : new ReadOnlySpan<ulong>(in _single);

    private static int Rank(ulong entry) => (int)(entry & ((1 << RankBits) - 1)) - 1;

    private static int Place(ulong[] table, ulong entry)
    {
        var mask = table.Length - 1;
        var place = (int)(entry >> RankBits) & mask;
        while (table[place] != 0 && table[place] != entry) place = (place + 1) & mask;
        return place;
    }

    /// <inheritdoc cref="Add(NameKey)"/>
    public bool Add(ulong entry)
    {
        if (Rank(entry) < _level) return false;
        if (_table is null)
        {
            if (_single == entry) return false;
            if (_single == 0)
            {
                _single = entry;
                HeldCount = 1;
                return true;
            }

            Rebuild(FirstCapacity, _level);
        }

        var place = Place(_table!, entry);
        if (_table![place] == entry) return false;
        if (HeldCount * 4 >= _table.Length * 3)
        {
            Rebuild(2 * _table.Length, _level);
            place = Place(_table, entry);
        }

        _table[place] = entry;
        HeldCount++;
        Trim(NameSketch.MaxCount);
        return true;
    }

    private void Rebuild(int capacity, int level)
    {
        var entries = Entries.ToArray();
        _table = new ulong[capacity];
        (HeldCount, _level) = (0, level);
        foreach (var entry in entries)
        {
            if (entry == 0 || Rank(entry) < level) continue;
            _table[Place(_table, entry)] = entry;
            HeldCount++;
        }
    }
}
