using DnsTunnel.Exceptions;

namespace DnsTunnel.Volume;

/// <summary>The sums of a summary.</summary>
internal struct SummaryTotals
{
    private const int UnitsPerByte = 8 * LabelCode.Unit;

    public TypeCounts Types;

    public long Queries { get; init; }

    public long NxDomains { get; init; }

    public long QueryBytes { get; init; }

    public long ResponseBytes { get; init; }

    /// <summary>Ticks, UTC.</summary>
    public long First { get; init; }

    /// <inheritdoc cref="First"/>
    public long Last { get; init; }

    public int MaxNameLength { get; init; }

    public bool HasFreeNames { get; init; }

    /// <summary>Distinct clients; 0 when they are told apart elsewhere.</summary>
    public long Clients { get; init; }

    /// <summary>Distinct names.</summary>
    public long Names { get; init; }

    /// <summary>Of their subdomain parts.</summary>
    public long NameBytes { get; init; }

    /// <summary>What all names carry, by <see cref="LabelCode"/>.</summary>
    public long Cost { get; init; }

    public readonly DomainVolume ToVolume(long windowStart, long windowLength, string domain, string? client, ExceptionRules? rules, SummaryPlace place) => new()
    {
        WindowStart = new DateTime(windowStart, DateTimeKind.Utc),
        WindowEnd = new DateTime(Math.Min(windowStart + windowLength, DateTime.MaxValue.Ticks), DateTimeKind.Utc),
        Domain = domain,
        Client = client,
        QueryCount = Queries,
        // An estimate may pass what is known for sure.
        UniqueNames = Math.Min(Names, Queries),
        UniqueNameBytes = NameBytes,
        InformationBytes = (Cost + UnitsPerByte - 1) / UnitsPerByte,
        ClientCount = Clients > 0 || client is null ? Clients : 1,
        NxDomainCount = NxDomains,
        MaxNameLength = MaxNameLength,
        QueryBytes = QueryBytes,
        ResponseBytes = ResponseBytes,
        Types = Types.Copy(),
        HasFreeNames = HasFreeNames,
        FirstSeen = new DateTime(First, DateTimeKind.Utc),
        LastSeen = new DateTime(Last, DateTimeKind.Utc),
        Place = place,
        Rules = rules,
    };
}
