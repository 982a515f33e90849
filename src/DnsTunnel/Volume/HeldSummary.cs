using DnsTunnel.Exceptions;
using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>A summary in its table, brief or full. To be used before the table changes.</summary>
internal readonly ref struct HeldSummary(SummaryTable table, int index, ref Brief brief)
{
    private readonly SummaryTable _table = table;
    private readonly int _index = index;
    private readonly ref Brief _brief = ref brief;

    public SummaryKey Key => _brief.Key;

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _brief.IsEmpty;

    public long Cost => Full?.Cost ?? _brief.WeightOf(_table.Pools).Cost;

    /// <inheritdoc cref="DomainSummary.HeldEntries"/>
    public int HeldEntries => Full?.HeldEntries ?? _brief.Count + (_table.Clients.CountOf(_index) / DomainSummary.ClientsAnEntry);

    public SummaryTotals Totals => Full?.Totals ?? _brief.TotalsOf(_table.Pools, _table.Clients.CountOf(_index));

    /// <summary>What decides whether it is worth a closer look.</summary>
    public SummaryWeight Weight => Full is { } full ? full.Weight : _brief.WeightOf(_table.Pools) with { Clients = _table.Clients.CountOf(_index) };

    private DomainSummary? Full => _table.FullOf(_brief);

    public void Add(in VolumeItem item)
    {
        if (Full is { } full) full.Add(item);
        else if (!_brief.TryAdd(item)) Expand().Add(item);
    }

    /// <summary>Makes an object of it, if it is none yet.</summary>
    public DomainSummary Expand() => _table.Expand(_index);

    /// <inheritdoc cref="DomainSummary.AddClient(NameKey)"/>
    public int AddClient(NameKey key)
    {
        if (Full is { } full) return full.AddClient(key);
        var clients = _table.Clients.Add(_index, ClientSketch.EntryOf(key));
        if (clients < 0) return Expand().AddClient(key);
        return clients > 0 && clients % DomainSummary.ClientsAnEntry == 0 ? 1 : 0;
    }

    /// <inheritdoc cref="DomainSummary.TryTouchName"/>
    public bool TryTouchName(ulong hash, long ticks, NameTraits traits) =>
        Full is { } full ? full.TryTouchName(hash, ticks, traits) : _brief.TryTouchName(_table.Pools, hash, ticks, traits);

    /// <inheritdoc cref="DomainSummary.AddName"/>
    public void AddName(NameKey key, ReadOnlySpan<byte> name, in NameFacts facts)
    {
        var full = Full;
        // What may be shown must be kept.
        if (full is null && facts.Cost >= DomainSummary.SampleCost && _brief.Count >= DomainSummary.SamplesFrom) full = Expand();
        if (full is not null) full.AddName(key, name, facts);
        else Add(key, facts);
    }

    /// <inheritdoc cref="DomainSummary.FactsOfParent"/>
    public void AddParent(NameKey key, in NameFacts facts) => Add(key, DomainSummary.FactsOfParent(facts));

    /// <inheritdoc cref="DomainSummary.FactsOfPrefix"/>
    public void AddPrefix(NameKey key, in NameFacts facts) => Add(key, DomainSummary.FactsOfPrefix(facts));

    /// <inheritdoc cref="DomainSummary.FactsOfAnswer"/>
    public void AddAnswer(NameKey key, long ticks, int bytes) => Add(key, DomainSummary.FactsOfAnswer(ticks, bytes));

    /// <inheritdoc cref="DomainSummary.NoteFreeName"/>
    public void NoteFreeName()
    {
        if (Full is { } full) full.NoteFreeName();
        else _brief.NoteFreeName();
    }

    /// <summary>Adds what a summary of another table knows.</summary>
    public void Merge(HeldSummary other)
    {
        if (Full is null && other.Full is null && _brief.TryMerge(_table.Pools, other._brief, other._table.Pools))
        {
            foreach (var client in other._table.Clients.Of(other._index)) AddClient(client);
        }
        else
        {
            other.AddTo(Expand());
        }
    }

    /// <summary>Samples on until no sketch holds more than a number of entries; a brief summary holds fewer than any.</summary>
    public void Trim(int limit) => Full?.Trim(limit);

    /// <inheritdoc cref="DomainSummary.CopyTo"/>
    public void CopyTo(List<HeldName> names)
    {
        if (Full is { } full) full.CopyTo(names);
        else _brief.CopyTo(names, _table.Pools);
    }

    public void AddTo(DomainSummary summary)
    {
        if (Full is { } full) summary.Merge(full);
        else AddBriefTo(summary);
    }

    /// <summary>The summary itself, or a copy of what is brief.</summary>
    public DomainSummary ToSummary()
    {
        if (Full is { } full) return full;
        var summary = new DomainSummary();
        AddBriefTo(summary);
        return summary;
    }

    public DomainVolume ToVolume(long windowStart, long windowLength, string domain, string? client, ExceptionRules? rules) =>
        Totals.ToVolume(windowStart, windowLength, domain, client, rules, Full is { } full ? new(full) : new(_table, _index));

    private void AddBriefTo(DomainSummary summary)
    {
        _brief.AddTo(summary, _table.Pools);
        foreach (var client in _table.Clients.Of(_index)) summary.AddClient(client);
    }

    private void AddClient(ulong client)
    {
        if (Full is { } full) full.AddClient(client);
        else if (_table.Clients.Add(_index, client) < 0) Expand().AddClient(client);
    }

    private void Add(NameKey key, in NameFacts facts)
    {
        var entry = new NameEntry(NameEntry.NotZero(key.Hash), facts, key.Rank);
        if (Full is { } full) full.Add(entry);
        else if (!_brief.TryAdd(_table.Pools, entry)) Expand().Add(entry);
    }
}
