using System.Runtime.CompilerServices;
using DnsTunnel.Names;
using DnsTunnel.Processes;

namespace DnsTunnel.Volume;

/// <summary>The mergeable summary of one registered domain (and client) in one window: everything later is computed from these.</summary>
internal sealed class DomainSummary
{
    /// <summary>Most domains have fewer names, and nobody wants to see those.</summary>
    public const int SamplesFrom = 2;

    public const int ClientsAnEntry = 4;

    private const int MaxSamples = 5;
    private const int MaxProcesses = 16;
    public const int SampleCost = 27 * LabelCode.Unit;

    /// <summary>What is expected up to a budget is so with all its labels.</summary>
    private const NameTraits Expected = NameTraits.Address | NameTraits.Nested | NameTraits.Reverse;

    /// <summary>One object a summary: there are a million of them, and most hold one name.</summary>
    private NameSketch _names;
    private ClientSketch _clients;
    private StrongBox<NameSketch>? _parents;
    private StrongBox<NameSketch>? _answers;
    private TypeCounts _types;
    private long _queries;
    private long _nxDomains;
    private long _queryBytes;
    private long _responseBytes;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;
    private int _maxNameLength;
    private bool _hasFreeNames;
    private List<byte[]>? _samples;
    private HashSet<AskingProcess>? _processes;

    public long UniqueNames => _names.Count;

    public SummaryWeight Weight => new(_names.Count, Cost, _answers?.Value.Count ?? 0, _clients.Count);

    public SummaryTotals Totals => new()
    {
        Queries = _queries,
        NxDomains = _nxDomains,
        QueryBytes = _queryBytes,
        ResponseBytes = _responseBytes,
        First = _first,
        Last = _last,
        MaxNameLength = _maxNameLength,
        HasFreeNames = _hasFreeNames,
        Clients = _clients.Count,
        Names = _names.Count,
        NameBytes = _names.ByteSum,
        Cost = Cost,
        Types = _types,
    };

    /// <summary>What all names carry, by <see cref="LabelCode"/>.</summary>
    public long Cost => _names.CostSum + (_parents?.Value.CostSum ?? 0);

    public void Add(in VolumeItem item)
    {
        _queries++;
        if (item.IsNxDomain) _nxDomains++;
        _queryBytes += item.QuerySize;
        _responseBytes += item.ResponseSize;
        _first = Math.Min(_first, item.Ticks);
        _last = Math.Max(_last, item.Ticks);
        _maxNameLength = Math.Max(_maxNameLength, item.TextLength);
        _types.Add(item.Type, 1);
        if (item.Process is not null) AddProcess(item.Process);
    }

    /// <summary>How many entries the sketches hold; four clients take the place of one name.</summary>
    public int HeldEntries => _names.HeldCount + (_parents?.Value.HeldCount ?? 0) + (_answers?.Value.HeldCount ?? 0) + HeldClients;

    private int HeldClients => _clients.HeldCount / ClientsAnEntry;

    /// <summary>Notes that a name is asked again. False when it is not held; then its facts are needed.</summary>
    public bool TryTouchName(ulong hash, long ticks, NameTraits traits) => _names.TryTouch(hash, ticks, traits);

    /// <param name="key">Of the whole name.</param>
    /// <param name="name">In wire form; a few are kept to be shown.</param>
    /// <param name="facts">The cost is that of the first label.</param>
    public void AddName(NameKey key, ReadOnlySpan<byte> name, in NameFacts facts)
    {
        _names.Add(key, facts);
        if (facts.Cost >= SampleCost && SampleNames.Count < MaxSamples && _names.Count > SamplesFrom) (_samples ??= new(MaxSamples)).Add(name.ToArray());
    }

    /// <summary>Adds the counts of another; its entries and clients come one by one.</summary>
    public void Add(in SummaryTotals totals)
    {
        _queries += totals.Queries;
        _nxDomains += totals.NxDomains;
        _queryBytes += totals.QueryBytes;
        _responseBytes += totals.ResponseBytes;
        _first = Math.Min(_first, totals.First);
        _last = Math.Max(_last, totals.Last);
        _maxNameLength = Math.Max(_maxNameLength, totals.MaxNameLength);
        _hasFreeNames |= totals.HasFreeNames;
        _types.Merge(totals.Types);
    }

    public void Add(in NameEntry entry)
    {
        if (entry.IsName) _names.Add(entry);
        else if (entry.IsAnswer) (_answers ??= new()).Value.Add(entry);
        else (_parents ??= new()).Value.Add(entry);
    }

    /// <summary>A name between the registered domain and a name that was asked for; each carries its own label once.</summary>
    public static NameFacts FactsOfParent(in NameFacts facts) => facts with { Traits = NameTraits.Parent | (facts.Traits & Expected) };

    /// <summary>What a first label begins with; those that share it carry it once.</summary>
    public static NameFacts FactsOfPrefix(in NameFacts facts) => facts with { Traits = NameTraits.Prefix | (facts.Traits & Expected) };

    /// <param name="ticks">When it was asked for, UTC.</param>
    /// <param name="bytes">Of the answer.</param>
    public static NameFacts FactsOfAnswer(long ticks, int bytes) => new() { Ticks = ticks, Value = (ulong)bytes, Cost = 1, Traits = NameTraits.Answer };

    /// <summary>How many entries more are held for it.</summary>
    public int AddClient(NameKey key)
    {
        var held = HeldClients;
        return _clients.Add(key) ? HeldClients - held : 0;
    }

    /// <param name="client">An entry of a <see cref="ClientSketch"/>.</param>
    public void AddClient(ulong client) => _clients.Add(client);

    /// <summary>Names that were asked for, in wire form and wire case: a few that say much.</summary>
    public IReadOnlyList<byte[]> SampleNames => (IReadOnlyList<byte[]>?)_samples ?? [];

    /// <summary>The first that asked.</summary>
    public IReadOnlyCollection<AskingProcess> Processes => (IReadOnlyCollection<AskingProcess>?)_processes ?? [];

    /// <summary>Writes all names, parents and answers that are held to a list, in no order.</summary>
    public void CopyTo(List<HeldName> names)
    {
        _names.CopyTo(names);
        _parents?.Value.CopyTo(names);
        _answers?.Value.CopyTo(names);
    }

    /// <summary>Notes that a name under a reverse zone is not that of an address.</summary>
    public void NoteFreeName() => _hasFreeNames = true;

    /// <summary>Samples on until no sketch holds more than a number of entries.</summary>
    public void Trim(int limit)
    {
        _names.Trim(limit);
        _parents?.Value.Trim(limit);
        _answers?.Value.Trim(limit);
        _clients.Trim(limit);
    }

    public void Merge(DomainSummary other)
    {
        _names.Merge(other._names);
        if (other._parents is not null) (_parents ??= new()).Value.Merge(other._parents.Value);
        if (other._answers is not null) (_answers ??= new()).Value.Merge(other._answers.Value);
        _clients.Merge(other._clients);
        Add(other.Totals);
        foreach (var process in other.Processes) AddProcess(process);
        if (other._samples is not null) _samples = [.. SampleNames.Concat(other._samples).Take(MaxSamples)];
    }

    public DomainVolume ToVolume(long windowStart, long windowLength, string domain, string? client) =>
        Totals.ToVolume(windowStart, windowLength, domain, client, rules: null, new SummaryPlace(this));

    private void AddProcess(AskingProcess process)
    {
        if (Processes.Count < MaxProcesses) (_processes ??= []).Add(process);
    }
}
