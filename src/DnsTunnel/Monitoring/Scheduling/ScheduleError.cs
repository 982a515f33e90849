namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>Why a monitor was not registered or taken away.</summary>
internal enum ScheduleError
{
    MonitorExists,
    MonitorNotFound,
    ForeignFile,
    TimesNotValid,
    ValueNotUsable,
    HostNotFound,
    SchedulerNotFound,
    FileNotWritable,
    CommandFailed,
}
