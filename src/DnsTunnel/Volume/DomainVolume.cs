using DnsTunnel.Exceptions;
using DnsTunnel.Volume;

namespace DnsTunnel;

/// <summary>What one registered domain (of one client, when counted by client) was asked in one window of time.</summary>
public sealed class DomainVolume
{
    private IReadOnlyDictionary<string, long>? _queryTypes;
    private DomainSummary? _summary;

    /// <summary>Start of the window, UTC; windows are aligned to multiples of their length.</summary>
    public DateTime WindowStart { get; init; }

    /// <summary>End of the window, UTC, exclusive.</summary>
    public DateTime WindowEnd { get; init; }

    /// <summary>The registered domain in lower case; the root "." for all names that have none.</summary>
    public string Domain { get; init; } = ".";

    /// <summary>The client (address, or host name where the source has no addresses); null when not counted by client.</summary>
    public string? Client { get; init; }

    /// <summary>Transactions.</summary>
    public long QueryCount { get; init; }

    /// <summary>Distinct names, letter case ignored. Exact up to 8,192, estimated with a standard error under 1.6 % above.</summary>
    public long UniqueNames { get; init; }

    /// <summary>Bytes of the subdomain parts of the distinct names.</summary>
    public long UniqueNameBytes { get; init; }

    /// <summary>
    /// Bytes of information the distinct names can carry: the length of their labels, each counted once, in a code in which
    /// ordinary names are short (<c>LabelCode</c> says how).
    /// </summary>
    public long InformationBytes { get; init; }

    /// <summary>Distinct clients.</summary>
    public long ClientCount { get; init; }

    /// <summary>Transactions answered NXDOMAIN.</summary>
    public long NxDomainCount { get; init; }

    /// <summary>Length of the longest name in bytes: its text without escapes and without a final dot.</summary>
    public int MaxNameLength { get; init; }

    /// <summary>Bytes of request messages.</summary>
    public long QueryBytes { get; init; }

    /// <summary>Bytes of response messages.</summary>
    public long ResponseBytes { get; init; }

    /// <summary>Transactions by type, most frequent first.</summary>
    public IReadOnlyDictionary<string, long> QueryTypes
    {
        get => _queryTypes ??= Types.ToDictionary();
        init
        {
            _queryTypes = value;
            Types = TypeCounts.From(value);
        }
    }

    /// <summary>Time of the first request in the window, UTC.</summary>
    public DateTime FirstSeen { get; init; }

    /// <summary>Time of the last request in the window, UTC.</summary>
    public DateTime LastSeen { get; init; }

    /// <summary>What <see cref="QueryTypes"/> is made of when somebody asks; most volumes are counted and never looked at.</summary>
    internal TypeCounts Types { get; init; }

    /// <summary>What this was made of; null when it comes from outside this process.</summary>
    internal DomainSummary? Summary => _summary ??= Place.Summary;

    /// <summary>Where that is.</summary>
    internal SummaryPlace Place { get; init; }

    /// <summary>The exceptions that names of the domain can fall under.</summary>
    internal ExceptionRules? Rules { get; init; }

    /// <summary>Under a reverse zone: whether some names are not those of addresses.</summary>
    internal bool HasFreeNames { get; init; }
}
