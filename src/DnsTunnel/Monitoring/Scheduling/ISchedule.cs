namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>Something that starts monitors.</summary>
internal interface ISchedule
{
    /// <summary>Whether it is running, so that it can be told.</summary>
    bool IsRunning { get; }

    /// <summary>What registers a monitor.</summary>
    /// <exception cref="ScheduleException">It cannot be.</exception>
    SchedulePlan Register(ScheduleRequest request);

    /// <summary>What takes a monitor away; its files are those that may be there.</summary>
    SchedulePlan Unregister(string name, DnsTunnelMonitorScope scope);

    /// <summary>A script that ends with 0 when it has a monitor that no file tells of; null when files tell.</summary>
    string? Find(string name, DnsTunnelMonitorScope scope);
}
