using DnsTunnel.Response;
using DnsTunnel.Response.Files;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>Carries plans out; what fails is taken back.</summary>
internal sealed class ScheduleService(IScriptRunner runner, CancellationToken cancellation)
{
    public static ISchedule Of(DnsTunnelScheduler scheduler) => scheduler switch
    {
        DnsTunnelScheduler.Systemd => new SystemdSchedule(),
        DnsTunnelScheduler.Cron => new CronSchedule(),
        _ => new TaskSchedule(),
    };

    /// <summary>The one that this computer has.</summary>
    /// <exception cref="ScheduleException">It has none.</exception>
    public static DnsTunnelScheduler Default()
    {
        if (OperatingSystem.IsWindows()) return DnsTunnelScheduler.TaskScheduler;
        if (Directory.Exists("/run/systemd/system")) return DnsTunnelScheduler.Systemd;
        if (Directory.Exists("/etc/cron.d") || new[] { "/usr/bin/crontab", "/bin/crontab", "/usr/sbin/crontab" }.Any(File.Exists)) return DnsTunnelScheduler.Cron;
        throw new ScheduleException(ScheduleError.SchedulerNotFound, "Neither systemd nor cron is running here.");
    }

    /// <summary>Whether a monitor of this name is there.</summary>
    /// <exception cref="ScheduleException">A file of the name is not ours.</exception>
    public bool Exists(ISchedule schedule, string name, DnsTunnelMonitorScope scope)
    {
        var plan = schedule.Unregister(name, scope);
        foreach (var file in plan.Files) CheckIsOurs(file.Path, name);
        return plan.Files.Length > 0 || (schedule.Find(name, scope) is { } script && Run(plan.Language, script).ExitCode == 0);
    }

    /// <exception cref="ScheduleException">It could not be registered, and nothing is left of it.</exception>
    public void Register(ISchedule schedule, ScheduleRequest request)
    {
        var plan = schedule.Register(request);
        try
        {
            foreach (var file in plan.Files) Write(file);
            RunToEnd(plan);
        }
        catch (ScheduleException)
        {
            foreach (var file in plan.Files) File.Delete(file.Path);
            throw;
        }
    }

    /// <exception cref="ScheduleException">It could not be taken away.</exception>
    public void Unregister(ISchedule schedule, string name, DnsTunnelMonitorScope scope)
    {
        var plan = schedule.Unregister(name, scope);
        RunToEnd(plan);
        try
        {
            foreach (var file in plan.Files) File.Delete(file.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException(ScheduleError.FileNotWritable, exception.Message, exception);
        }

        if (schedule is SystemdSchedule { IsRunning: true }) Run(ScriptLanguage.Shell, $"{SystemdSchedule.Control(scope)} daemon-reload");
    }

    private static void CheckIsOurs(string path, string name)
    {
        try
        {
            if (File.ReadLines(path).FirstOrDefault() == ScheduleRequest.MarkOf(name)) return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException(ScheduleError.FileNotWritable, exception.Message, exception);
        }

        throw new ScheduleException(ScheduleError.ForeignFile, $"The file '{path}' is not of this module.");
    }

    private static void Write(ScheduleFile file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            AtomicFile.Write(file.Path, System.Text.Encoding.UTF8.GetBytes(file.Content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException(ScheduleError.FileNotWritable, exception.Message, exception);
        }
    }

    private void RunToEnd(SchedulePlan plan)
    {
        if (plan.Script.Length == 0) return;
        var result = Run(plan.Language, plan.Script);
        if (result.ExitCode != 0) throw new ScheduleException(ScheduleError.CommandFailed, $"The scheduler refused: {result.Error.Trim()}");
    }

    private ScriptResult Run(ScriptLanguage language, string script)
    {
        try
        {
            return runner.Run(language, script, cancellation);
        }
        catch (ResponseException exception)
        {
            throw new ScheduleException(ScheduleError.SchedulerNotFound, exception.Message, exception);
        }
    }
}
