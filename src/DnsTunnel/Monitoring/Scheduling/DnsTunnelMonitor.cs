namespace DnsTunnel;

/// <summary>A monitor that is registered.</summary>
public sealed class DnsTunnelMonitor
{
    /// <summary>Its name among the monitors of its scope.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What starts it.</summary>
    public DnsTunnelScheduler Scheduler { get; init; }

    /// <summary>For whom it runs.</summary>
    public DnsTunnelMonitorScope Scope { get; init; }

    /// <summary>How often it runs; null when it runs on and on.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Whether the scheduler knows it: a scheduler that is not running reads the files when it starts.</summary>
    public bool IsActive { get; init; }

    /// <summary>The command that runs.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>The files that were written; empty for a table of cron and for Windows.</summary>
    public string[] Paths { get; init; } = [];
}
