using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>The mergeable summary of one registered domain (and client) in one window: everything later is computed from these.</summary>
internal sealed class DomainSummary
{
    private readonly WeightedSketch _names = new();
    private WeightedSketch? _parents;
    private WeightedSketch? _clients;
    private TypeCounts _types;
    private long _queries;
    private long _nxDomains;
    private long _queryBytes;
    private long _responseBytes;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;
    private int _maxNameLength;
    private bool _hasFreeNames;

    public long QueryCount => _queries;

    public long UniqueNames => _names.Count;

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

    /// <summary>Whether a name is held; its parents then are too, or are outside the sample.</summary>
    public bool HoldsName(NameKey key) => _names.Holds(key);

    /// <param name="key">Of the whole name.</param>
    /// <param name="bytes">Bytes of its subdomain part.</param>
    /// <param name="cost">Cost of its first label by <see cref="LabelCode"/>.</param>
    public void AddName(NameKey key, int bytes, int cost) => _names.Add(key, bytes, cost);

    /// <summary>A name between the registered domain and a name that was asked for; each carries its own label once.</summary>
    public void AddParent(NameKey key, int cost) => (_parents ??= new()).Add(key, 0, cost);

    public void AddClient(NameKey key) => (_clients ??= new()).Add(key, 0, 0);

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
    }

    public DomainVolume ToVolume(long windowStart, long windowLength, string domain, string? client)
    {
        const int unitsPerByte = 8 * LabelCode.Unit;
        var information = _names.SecondSum + (_parents?.SecondSum ?? 0);
        return new DomainVolume
        {
            WindowStart = new DateTime(windowStart, DateTimeKind.Utc),
            WindowEnd = new DateTime(Math.Min(windowStart + windowLength, DateTime.MaxValue.Ticks), DateTimeKind.Utc),
            Domain = domain,
            Client = client,
            QueryCount = _queries,
            // An estimate may pass what is known for sure.
            UniqueNames = Math.Min(_names.Count, _queries),
            UniqueNameBytes = _names.FirstSum,
            InformationBytes = (information + unitsPerByte - 1) / unitsPerByte,
            ClientCount = _clients?.Count ?? (client is null ? 0 : 1),
            NxDomainCount = _nxDomains,
            MaxNameLength = _maxNameLength,
            QueryBytes = _queryBytes,
            ResponseBytes = _responseBytes,
            Types = _types.Copy(),
            HasFreeNames = _hasFreeNames,
            FirstSeen = new DateTime(_first, DateTimeKind.Utc),
            LastSeen = new DateTime(_last, DateTimeKind.Utc),
        };
    }

    /// <summary>Without the length byte of the first label and the root label: dots stand where the others' were.</summary>
    private static int TextLength(ReadOnlySpan<byte> wire) => Math.Max(1, wire.Length - 2);
}
