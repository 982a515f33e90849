using DnsTunnel.Monitoring.Sources;

namespace DnsTunnel.Monitoring.Dashboard;

/// <summary>What a monitor knows of itself at one moment.</summary>
internal sealed record DashboardFacts
{
    /// <summary>By the clock of this computer, UTC.</summary>
    public required DateTime Now { get; init; }

    public required DateTime Started { get; init; }

    /// <summary>Queries that counted.</summary>
    public required long Queries { get; init; }

    /// <summary>Queries that did not count, for their time or their name.</summary>
    public required long Refused { get; init; }

    /// <summary>Findings that were told.</summary>
    public required long Told { get; init; }

    /// <summary>Messages that wait for their receivers.</summary>
    public required int Waiting { get; init; }

    public required IReadOnlyList<SourceState> Sources { get; init; }

    /// <summary>The domains whose names carried most of late, most first.</summary>
    public required IReadOnlyList<DomainVolume> Domains { get; init; }
}
