using System.Management.Automation;
using DnsTunnel.Monitoring.Scheduling;

namespace DnsTunnel.PowerShell;

/// <content>Of monitors and their schedules.</content>
internal static partial class Errors
{
    public static ErrorRecord StateNotUsable(string path, Exception exception) => Make(
        new IOException($"Cannot use the state file '{Printable.Text(path)}': {Printable.Text(exception.Message.Trim())}", exception),
        "StateNotUsable",
        exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ResourceUnavailable,
        path,
        "One monitor at a time has it; give another -StatePath to each. Its folder must exist or be makeable, and be writable.");

    public static ErrorRecord NobodyToTell() => Make(
        new PSArgumentException("Nobody would hear what the monitor finds."),
        "NobodyToTell", ErrorCategory.InvalidArgument, null,
        "Give -OutFile, -SyslogServer or -Uri.");

    /// <summary>Why a monitor was not registered or taken away; the ids are the names of <see cref="ScheduleError"/>.</summary>
    public static ErrorRecord Schedule(ScheduleException exception, object? target)
    {
        var (category, remedy) = exception.Error switch
        {
            ScheduleError.MonitorExists => (ErrorCategory.ResourceExists, "-Force replaces it; -Name gives this one another name."),
            ScheduleError.MonitorNotFound => (ErrorCategory.ObjectNotFound, "Give the -Name and -Scope it was registered with; those of the system are seen by administrators."),
            ScheduleError.ForeignFile => (ErrorCategory.SecurityError, "Look at the file; take it away by hand if nobody needs it, or give another -Name."),
            ScheduleError.TimesNotValid => (ErrorCategory.InvalidArgument, "Give whole minutes that divide an hour, or whole hours that divide a day, such as 00:15:00."),
            ScheduleError.ValueNotUsable => (ErrorCategory.InvalidArgument, "Give another value."),
            ScheduleError.HostNotFound => (ErrorCategory.NotInstalled, "Install PowerShell so that pwsh is in the PATH."),
            ScheduleError.SchedulerNotFound => (ErrorCategory.NotInstalled, "Give another -Scheduler, or install this one."),
            ScheduleError.FileNotWritable => (ErrorCategory.WriteError, "Run as administrator, or register it for yourself with -Scope User."),
            _ => (ErrorCategory.OperationStopped, "See the message of the command. What was written was taken back."),
        };
        return Make(new InvalidOperationException(Printable.Text(exception.Message), exception), exception.Error.ToString(), category, target, remedy);
    }
}
