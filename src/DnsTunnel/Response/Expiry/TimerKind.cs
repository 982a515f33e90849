namespace DnsTunnel.Response.Expiry;

/// <summary>What ends an action when its time is over, whatever became of the process that began it. All survive a restart of the host.</summary>
internal enum TimerKind
{
    /// <summary>A timer unit of systemd.</summary>
    Systemd,

    /// <summary>A job of at.</summary>
    At,

    /// <summary>A scheduled task of Windows.</summary>
    ScheduledTask,

    /// <summary>The first of systemd and at that the host has; for scripts that others run.</summary>
    AnyOfLinux,
}
