namespace DnsTunnel;

/// <summary>The verdict on one registered domain and client of a run, for its strongest window.</summary>
public sealed class DnsTunnelFinding
{
    /// <summary>The registered domain in lower case.</summary>
    public string Domain { get; init; } = ".";

    /// <summary>More domains of the same client with like names, over which one payload is spread.</summary>
    public string[] RelatedDomains { get; init; } = [];

    /// <summary>The client that asked; null when several did, with little each, or when the input was not counted by client.</summary>
    public string? Client { get; init; }

    /// <summary>Whether the score reached the threshold.</summary>
    public bool IsTunnel { get; init; }

    /// <summary>0 (surely not) to 100 (surely a tunnel): the probability that the model gives, in per cent.</summary>
    public double Score { get; init; }

    /// <summary>How grave it is: by the bytes that can have leaked.</summary>
    public DnsTunnelSeverity Severity { get; init; }

    /// <summary>0 for no tunnel; for one 47, 73 or 99 by its severity, never under the 21 of the rule this module started from.</summary>
    public int RiskScore { get; init; }

    /// <summary>Start of the strongest window, UTC.</summary>
    public DateTime WindowStart { get; init; }

    /// <summary>End of the strongest window, UTC, exclusive.</summary>
    public DateTime WindowEnd { get; init; }

    /// <summary>The length of time over which names were put together; the strongest window has the windows that it touches.</summary>
    public TimeSpan Timescale { get; init; }

    /// <summary>When the score first reached the threshold, by the time of the queries, UTC; null when it did not.</summary>
    public DateTime? FirstDetected { get; init; }

    /// <summary>Transactions of the domain and client in the strongest window.</summary>
    public long QueryCount { get; init; }

    /// <summary>Distinct names of the domain and client in the strongest window.</summary>
    public long UniqueNames { get; init; }

    /// <summary>Upper bound of the bytes that can have left in the names, over all windows of the run.</summary>
    public long BytesOut { get; init; }

    /// <summary>Upper bound of the bytes that can have come in with the responses, over all windows of the run.</summary>
    public long BytesIn { get; init; }

    /// <summary>The reasons, each a fact with its number, the weightiest first.</summary>
    public string[] Reasons { get; init; } = [];

    /// <summary>Some of the names that were asked for, in presentation form (RFC 4343).</summary>
    public string[] SampleNames { get; init; } = [];

    /// <summary>Measured properties by name, with what each added to the log-odds.</summary>
    public IReadOnlyDictionary<string, DnsTunnelFeature> Features { get; init; } = new Dictionary<string, DnsTunnelFeature>();

    /// <summary>The tool whose documented traits the queries show; null when none.</summary>
    public string? Tool { get; init; }

    /// <summary>Time of the first query of the run, UTC.</summary>
    public DateTime FirstSeen { get; init; }

    /// <summary>Time of the last query of the run, UTC.</summary>
    public DateTime LastSeen { get; init; }

    /// <summary>Clients that asked this domain.</summary>
    public string[] Clients { get; init; } = [];

    /// <summary>Processes that asked this domain, where the source tells them.</summary>
    public string[] Processes { get; init; } = [];

    /// <summary>MITRE ATT&amp;CK technique.</summary>
    public string Technique { get; init; } = "T1572";

    /// <summary>MITRE ATT&amp;CK tactic.</summary>
    public string Tactic { get; init; } = "TA0011";

    /// <summary>The exception that applied; null when none.</summary>
    public string? Exception { get; init; }

    /// <summary>The rule this finding belongs to.</summary>
    public string RuleName { get; init; } = "DNS Tunneling";

    /// <summary>All windows of the run in which the domain and client were scored, in time order.</summary>
    public DomainVolume[] Windows { get; init; } = [];

    /// <summary>For a finding of a monitor: whether it was told before. Null for one of a single run.</summary>
    public DnsTunnelFindingLife? Life { get; internal set; }
}
