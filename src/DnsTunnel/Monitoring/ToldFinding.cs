namespace DnsTunnel.Monitoring;

/// <summary>A finding that was told.</summary>
internal sealed class ToldFinding
{
    /// <summary>The domain that leads, then others of the same tunnel.</summary>
    public string[] Domains { get; set; } = [];

    public string? Client { get; set; }

    /// <summary>The highest that was told.</summary>
    public DnsTunnelSeverity Severity { get; set; }

    public DateTime FirstTold { get; set; }

    /// <summary>By the time of the queries, UTC.</summary>
    public DateTime LastTold { get; set; }

    /// <summary>Time of its last query when it was last told or seen, UTC.</summary>
    public DateTime LastSeen { get; set; }
}
