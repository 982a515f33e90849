using System.Runtime.CompilerServices;

namespace DnsTunnel.Volume;

/// <summary>
/// What a <see cref="DomainSummary"/> knows, as long as that is little: most pairs of domain and client have one name and a few
/// queries. One cache line or two, and no object. What does not fit makes a summary of it.
/// </summary>
internal struct Brief
{
    public const int MaxEntries = 1 + EntryPools.LargestBlock;

    /// <summary>Of the tables that hold them in chunks.</summary>
    public const int ChunkBits = 10;

    /// <inheritdoc cref="ChunkBits"/>
    public const int ChunkMask = (1 << ChunkBits) - 1;

    private const int MaxTypes = 6;

    private NameEntry _entry;
    private long _first;
    private long _last;
    private uint _queryBytes;
    private uint _responseBytes;
    private int _block;
    private Types _types;
    private Counts _typeCounts;
    private ushort _queries;
    private ushort _nxDomains;
    private byte _maxNameLength;
    private byte _count;
    private bool _hasFreeNames;

    public Brief(SummaryKey key) => (Key, _first, _last) = (key, long.MaxValue, long.MinValue);

    public SummaryKey Key { get; set; }

    /// <summary>One more than the place of the summary that took it over; 0 for none.</summary>
    public int Full { readonly get; set; }

    public readonly bool IsEmpty => _queries == 0 && Full == 0;

    /// <summary>Entries held.</summary>
    public readonly int Count => _count;

    /// <summary>False when the query does not fit.</summary>
    public bool TryAdd(in VolumeItem item)
    {
        if (item.Process is not null || _queries == ushort.MaxValue) return false;
        if ((uint)item.QuerySize > uint.MaxValue - _queryBytes || (uint)item.ResponseSize > uint.MaxValue - _responseBytes) return false;
        var type = 0;
        while (type < MaxTypes && _typeCounts[type] > 0 && _types[type] != item.Type) type++;
        if (type == MaxTypes) return false;
        _types[type] = item.Type;
        _typeCounts[type]++;
        _queries++;
        _first = Math.Min(_first, item.Ticks);
        _last = Math.Max(_last, item.Ticks);
        if (item.IsNxDomain) _nxDomains++;
        _queryBytes += (uint)item.QuerySize;
        _responseBytes += (uint)item.ResponseSize;
        _maxNameLength = (byte)Math.Max(_maxNameLength, item.TextLength);
        return true;
    }

    /// <inheritdoc cref="NameSketch.TryTouch"/>
    public bool TryTouchName(EntryPools pools, ulong hash, long ticks, NameTraits traits)
    {
        hash = NameEntry.NotZero(hash);
        if (_count > 0 && _entry.Hash == hash && _entry.IsName)
        {
            _entry.Note(ticks, traits);
            return true;
        }

        foreach (ref var entry in Others(pools))
        {
            if (entry.Hash != hash || !entry.IsName) continue;
            entry.Note(ticks, traits);
            return true;
        }

        return false;
    }

    /// <summary>False when there is no room for it.</summary>
    public bool TryAdd(EntryPools pools, in NameEntry added)
    {
        if (_count > 0 && TryJoin(ref _entry, added)) return true;
        foreach (ref var entry in Others(pools))
        {
            if (TryJoin(ref entry, added)) return true;
        }

        if (_count == MaxEntries) return false;
        if (_count == 0) _entry = added;
        else pools.Add(ref _block, _count - 1, added);
        _count++;
        return true;
    }

    public void NoteFreeName() => _hasFreeNames = true;

    /// <summary>Gives back what it has of the pools.</summary>
    public void Clear(EntryPools pools)
    {
        pools.Return(_block, _count - 1);
        _count = 0;
    }

    public readonly SummaryWeight WeightOf(EntryPools pools)
    {
        var weight = _count > 0 ? _entry.Weight : default;
        foreach (ref var entry in Others(pools)) weight += entry.Weight;
        return weight;
    }

    /// <inheritdoc cref="DomainSummary.CopyTo"/>
    public readonly void CopyTo(List<HeldName> names, EntryPools pools)
    {
        if (_count > 0) names.Add(_entry.ToHeldName());
        foreach (ref var entry in Others(pools)) names.Add(entry.ToHeldName());
    }

    public readonly SummaryTotals TotalsOf(EntryPools pools, int clients)
    {
        var weight = WeightOf(pools);
        var totals = new SummaryTotals
        {
            Names = weight.Names,
            NameBytes = NameBytesOf(pools),
            Cost = weight.Cost,
            Queries = _queries,
            NxDomains = _nxDomains,
            QueryBytes = _queryBytes,
            ResponseBytes = _responseBytes,
            First = _first,
            Last = _last,
            MaxNameLength = _maxNameLength,
            HasFreeNames = _hasFreeNames,
            Clients = clients,
        };
        for (var i = 0; i < MaxTypes && _typeCounts[i] > 0; i++) totals.Types.Add(_types[i], _typeCounts[i]);
        return totals;
    }

    /// <summary>Adds what is known to a summary.</summary>
    public readonly void AddTo(DomainSummary summary, EntryPools pools)
    {
        summary.Add(TotalsOf(pools, 0));
        if (_count > 0) summary.Add(_entry);
        foreach (ref var entry in Others(pools)) summary.Add(entry);
    }

    /// <summary>False, and nothing is done, when both together do not fit.</summary>
    public bool TryMerge(EntryPools pools, in Brief other, EntryPools otherPools)
    {
        if (_count + other._count > MaxEntries || _queries + other._queries > ushort.MaxValue) return false;
        if (_queryBytes > uint.MaxValue - other._queryBytes || _responseBytes > uint.MaxValue - other._responseBytes) return false;
        if (!TryMergeTypes(other)) return false;
        (_queries, _nxDomains) = ((ushort)(_queries + other._queries), (ushort)(_nxDomains + other._nxDomains));
        (_queryBytes, _responseBytes) = (_queryBytes + other._queryBytes, _responseBytes + other._responseBytes);
        (_first, _last) = (Math.Min(_first, other._first), Math.Max(_last, other._last));
        _maxNameLength = Math.Max(_maxNameLength, other._maxNameLength);
        _hasFreeNames |= other._hasFreeNames;
        if (other._count > 0) TryAdd(pools, other._entry);
        foreach (ref var entry in other.Others(otherPools)) TryAdd(pools, entry);
        return true;
    }

    private readonly long NameBytesOf(EntryPools pools)
    {
        var bytes = _count > 0 && _entry.IsName ? _entry.Facts.Bytes : 0L;
        foreach (ref var entry in Others(pools)) bytes += entry.IsName ? entry.Facts.Bytes : 0;
        return bytes;
    }

    private readonly Span<NameEntry> Others(EntryPools pools) => _count > 1 ? pools.Entries(_block, _count - 1) : [];

    private bool TryMergeTypes(in Brief other)
    {
        var (types, counts) = (_types, _typeCounts);
        for (var i = 0; i < MaxTypes && other._typeCounts[i] > 0; i++)
        {
            var place = 0;
            while (place < MaxTypes && counts[place] > 0 && types[place] != other._types[i]) place++;
            if (place == MaxTypes) return false;
            types[place] = other._types[i];
            counts[place] += other._typeCounts[i];
        }

        (_types, _typeCounts) = (types, counts);
        return true;
    }

    private static bool TryJoin(ref NameEntry held, in NameEntry entry)
    {
        if (held.Hash != entry.Hash || !NameEntry.AreAlike(held.Facts.Traits, entry.Facts.Traits)) return false;
        held = held.With(entry);
        return true;
    }

    [InlineArray(MaxTypes)]
    private struct Types
    {
        private ushort _first;
    }

    [InlineArray(MaxTypes)]
    private struct Counts
    {
        private ushort _first;
    }
}
