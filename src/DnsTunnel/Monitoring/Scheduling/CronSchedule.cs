using System.Globalization;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>cron: a file of the system's, or lines in the table of a user. One that runs on and on is begun every minute unless it runs.</summary>
internal sealed class CronSchedule : ISchedule
{
    private const int MinutesOfHour = 60;
    private const int MinutesOfDay = 24 * MinutesOfHour;
    private const string SystemFolder = "/etc/cron.d";

    /// <summary>cron looks at its tables every minute by itself.</summary>
    public bool IsRunning => true;

    public SchedulePlan Register(ScheduleRequest request)
    {
        var isSystem = request.Scope == DnsTunnelMonitorScope.System;
        var line = $"{Times(request)} {(isSystem ? "root " : "")}{Command(request)}";
        if (isSystem) return new([new(FileOf(request.Name), $"{request.Mark}\nSHELL=/bin/sh\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n{line}\n")], "", ScriptLanguage.Shell);
        return new([], $"{{ {Others(request.Name)}; printf '%s\\n' {ShellText.Quote(request.Mark)} {ShellText.Quote(line)}; }} | crontab -", ScriptLanguage.Shell);
    }

    public SchedulePlan Unregister(string name, DnsTunnelMonitorScope scope)
    {
        if (scope == DnsTunnelMonitorScope.System) return new(File.Exists(FileOf(name)) ? [new(FileOf(name), "")] : [], "", ScriptLanguage.Shell);
        return new([], $"{Others(name)} | crontab -", ScriptLanguage.Shell);
    }

    public string? Find(string name, DnsTunnelMonitorScope scope) =>
        scope == DnsTunnelMonitorScope.System ? null : $"crontab -l 2> /dev/null | grep -qxF {ShellText.Quote(ScheduleRequest.MarkOf(name))}";

    private static string FileOf(string name) => Path.Combine(SystemFolder, ScheduleRequest.UnitOf(name));

    /// <summary>The table of the user without the mark and the line after it.</summary>
    private static string Others(string name) => $"crontab -l 2> /dev/null | awk -v mark={ShellText.Quote(ScheduleRequest.MarkOf(name))} '$0 == mark {{ skip = 2 }} skip {{ skip--; next }} {{ print }}'";

    private static string Times(ScheduleRequest request)
    {
        if (request.Every is not { } every) return "* * * * *";
        var minutes = every.TotalMinutes;
        if (minutes is >= 1 and < MinutesOfHour && MinutesOfHour % minutes == 0) return string.Create(CultureInfo.InvariantCulture, $"*/{(int)minutes} * * * *");
        if (minutes is >= MinutesOfHour and <= MinutesOfDay && minutes % MinutesOfHour == 0 && MinutesOfDay % minutes == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"0 */{(int)minutes / MinutesOfHour} * * *");
        }

        throw new ScheduleException(ScheduleError.TimesNotValid, $"cron cannot run a command every {every:c}.");
    }

    /// <summary>cron takes a bare % as the end of the line, in quotes too (crontab(5)).</summary>
    private static string Command(ScheduleRequest request)
    {
        var words = string.Join(' ', request.Command.Select(ShellText.Quote));
        if (request.Every is null)
        {
            // Not in /tmp, where others can put a link of that name.
            var folder = request.WritablePaths[0];
            words = $"mkdir -p {ShellText.Quote(folder)} && flock -n {ShellText.Quote(Path.Combine(folder, request.Unit + ".cron-lock"))} {words}";
        }

        return $"{words} > /dev/null".Replace("%", "\\%", StringComparison.Ordinal);
    }
}
