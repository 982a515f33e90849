using DnsTunnel.Exceptions;
using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>The mergeable summary of one registered domain (and client) in one window: everything later is computed from these.</summary>
internal sealed class DomainSummary
{
    /// <summary>Most domains have fewer names, and nobody wants to see those.</summary>
    private const int SamplesFrom = 2;
    private const int MaxSamples = 5;
    private const int SampleCost = 27 * LabelCode.Unit;

    /// <summary>What is expected up to a budget is so with all its labels.</summary>
    private const NameTraits Expected = NameTraits.Address | NameTraits.Nested | NameTraits.Reverse;

    private readonly NameSketch _names = new();
    private NameSketch? _parents;
    private NameSketch? _clients;
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

    public long QueryCount => _queries;

    public long UniqueNames => _names.Count;

    /// <summary>Distinct clients; 0 when they are told apart elsewhere.</summary>
    public long ClientCount => _clients?.Count ?? 0;

    /// <summary>What all names carry, by <see cref="LabelCode"/>.</summary>
    public long Cost => _names.CostSum + (_parents?.CostSum ?? 0);

    public void Add(in VolumeItem item)
    {
        _queries++;
        if (item.IsNxDomain) _nxDomains++;
        _queryBytes += item.QuerySize;
        _responseBytes += item.ResponseSize;
        _first = Math.Min(_first, item.Ticks);
        _last = Math.Max(_last, item.Ticks);
        _maxNameLength = Math.Max(_maxNameLength, TextLength(item.Name));
        _types.Add(item.Type, 1);
    }

    /// <summary>How many entries the sketches hold.</summary>
    public int HeldEntries => _names.HeldCount + (_parents?.HeldCount ?? 0) + (_clients?.HeldCount ?? 0);

    /// <summary>Notes that a name is asked again. False when it is not held; then its facts are needed.</summary>
    public bool TryTouchName(NameKey key, long ticks, NameTraits traits) => _names.TryTouch(key, ticks, traits);

    /// <param name="key">Of the whole name.</param>
    /// <param name="name">In wire form; a few are kept to be shown.</param>
    /// <param name="facts">The cost is that of the first label.</param>
    public void AddName(NameKey key, ReadOnlySpan<byte> name, in NameFacts facts)
    {
        _names.Add(key, facts);
        if (facts.Cost >= SampleCost && SampleNames.Count < MaxSamples && _names.Count > SamplesFrom) (_samples ??= new(MaxSamples)).Add(name.ToArray());
    }

    /// <summary>A name between the registered domain and a name that was asked for; each carries its own label once.</summary>
    public void AddParent(NameKey key, in NameFacts facts) => (_parents ??= new()).Add(key, facts with { Traits = NameTraits.Parent | (facts.Traits & Expected) });

    /// <summary>What a first label begins with; those that share it carry it once.</summary>
    public void AddPrefix(NameKey key, in NameFacts facts) => (_parents ??= new()).Add(key, facts with { Traits = NameTraits.Prefix | (facts.Traits & Expected) });

    public void AddClient(NameKey key) => (_clients ??= new()).Add(key, default);

    /// <summary>Names that were asked for, in wire form and wire case: a few that say much.</summary>
    public IReadOnlyList<byte[]> SampleNames => (IReadOnlyList<byte[]>?)_samples ?? [];

    /// <summary>Writes all names and parents that are held to a list, in no order.</summary>
    public void CopyTo(List<HeldName> names)
    {
        _names.CopyTo(names);
        _parents?.CopyTo(names);
    }

    /// <summary>Notes that a name under a reverse zone is not that of an address.</summary>
    public void NoteFreeName() => _hasFreeNames = true;

    /// <summary>Samples on until no sketch holds more than a number of entries.</summary>
    public void Trim(int limit)
    {
        _names.Trim(limit);
        _parents?.Trim(limit);
        _clients?.Trim(limit);
    }

    public void Merge(DomainSummary other)
    {
        _names.Merge(other._names);
        if (other._parents is not null) (_parents ??= new()).Merge(other._parents);
        if (other._clients is not null) (_clients ??= new()).Merge(other._clients);
        _types.Merge(other._types);
        _queries += other._queries;
        _nxDomains += other._nxDomains;
        _queryBytes += other._queryBytes;
        _responseBytes += other._responseBytes;
        _first = Math.Min(_first, other._first);
        _last = Math.Max(_last, other._last);
        _maxNameLength = Math.Max(_maxNameLength, other._maxNameLength);
        _hasFreeNames |= other._hasFreeNames;
        if (other._samples is not null) _samples = [.. SampleNames.Concat(other._samples).Take(MaxSamples)];
    }

    public DomainVolume ToVolume(long windowStart, long windowLength, string domain, string? client, ExceptionRules? rules = null)
    {
        const int unitsPerByte = 8 * LabelCode.Unit;
        return new DomainVolume
        {
            WindowStart = new DateTime(windowStart, DateTimeKind.Utc),
            WindowEnd = new DateTime(Math.Min(windowStart + windowLength, DateTime.MaxValue.Ticks), DateTimeKind.Utc),
            Domain = domain,
            Client = client,
            QueryCount = _queries,
            // An estimate may pass what is known for sure.
            UniqueNames = Math.Min(_names.Count, _queries),
            UniqueNameBytes = _names.ByteSum,
            InformationBytes = (Cost + unitsPerByte - 1) / unitsPerByte,
            ClientCount = _clients?.Count ?? (client is null ? 0 : 1),
            NxDomainCount = _nxDomains,
            MaxNameLength = _maxNameLength,
            QueryBytes = _queryBytes,
            ResponseBytes = _responseBytes,
            Types = _types.Copy(),
            HasFreeNames = _hasFreeNames,
            FirstSeen = new DateTime(_first, DateTimeKind.Utc),
            LastSeen = new DateTime(_last, DateTimeKind.Utc),
            Summary = this,
            Rules = rules,
        };
    }

    /// <summary>Without the length byte of the first label and the root label: dots stand where the others' were.</summary>
    private static int TextLength(ReadOnlySpan<byte> wire) => Math.Max(1, wire.Length - 2);
}
