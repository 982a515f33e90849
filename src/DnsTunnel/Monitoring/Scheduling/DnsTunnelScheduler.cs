namespace DnsTunnel;

/// <summary>What starts a monitor.</summary>
public enum DnsTunnelScheduler
{
    /// <summary>A service of systemd, and a timer.</summary>
    Systemd,

    /// <summary>cron, where there is no systemd.</summary>
    Cron,

    /// <summary>The Task Scheduler of Windows.</summary>
    TaskScheduler,
}
