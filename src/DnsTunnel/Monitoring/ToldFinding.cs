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

    public static ToldFinding Of(DnsTunnelFinding finding) => new()
    {
        Domains = [.. finding.RelatedDomains.Prepend(finding.Domain).Distinct(StringComparer.Ordinal)],
        Client = finding.Client,
        Severity = finding.Severity,
        FirstTold = finding.LastSeen,
        LastTold = finding.LastSeen,
        LastSeen = finding.LastSeen,
    };

    /// <summary>It was told again.</summary>
    public void Update(ToldFinding later)
    {
        Domains = [.. Domains.Union(later.Domains, StringComparer.Ordinal)];
        Severity = later.Severity > Severity ? later.Severity : Severity;
        LastTold = LastSeen = later.LastSeen;
    }
}
