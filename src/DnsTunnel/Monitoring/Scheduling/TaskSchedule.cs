using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>A task of the Task Scheduler of Windows.</summary>
internal sealed class TaskSchedule : ISchedule
{
    private const string Folder = "\\DnsTunnel\\";

    public bool IsRunning => OperatingSystem.IsWindows();

    public SchedulePlan Register(ScheduleRequest request)
    {
        var isSystem = request.Scope == DnsTunnelMonitorScope.System;
        var trigger = request.Every is { } every
            ? $"New-ScheduledTaskTrigger -Once -At ([datetime]::Now.AddMinutes(1)) -RepetitionInterval ([timespan]'{every:c}') -ErrorAction Stop"
            : isSystem ? "New-ScheduledTaskTrigger -AtStartup -ErrorAction Stop" : "New-ScheduledTaskTrigger -AtLogOn -ErrorAction Stop";
        var principal = isSystem
            ? "New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -RunLevel Highest -ErrorAction Stop"
            : "New-ScheduledTaskPrincipal -UserId ([Security.Principal.WindowsIdentity]::GetCurrent().Name) -LogonType Interactive -ErrorAction Stop";
        var (program, arguments) = (request.Command[0], request.Command[1..^1]);
        var settings = request.Every is null ? " -ExecutionTimeLimit ([timespan]::Zero) -RestartCount 999 -RestartInterval ([timespan]'00:01:00')" : "";
        return new([],
            $"""
            # The task runs, encoded as UTF-16 in base 64: {request.Script}
            $action = New-ScheduledTaskAction -Execute {PowerShellText.Quote(program)} -Argument {PowerShellText.Quote($"{string.Join(' ', arguments.Select(Argument))} {PowerShellText.EncodedCommand(request.Command[^1])}")} -ErrorAction Stop
            $trigger = {trigger}
            $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -MultipleInstances IgnoreNew{settings} -ErrorAction Stop
            $principal = {principal}
            Register-ScheduledTask -TaskName {Name(request.Name)} -TaskPath '{Folder}' -Description {PowerShellText.Quote(request.Mark)} -Action $action -Trigger $trigger -Settings $settings -Principal $principal -Force -ErrorAction Stop | Out-Null
            {(request.Every is null ? $"Start-ScheduledTask -TaskName {Name(request.Name)} -TaskPath '{Folder}' -ErrorAction Stop" : "")}
            """.TrimEnd(),
            ScriptLanguage.PowerShell);
    }

    public SchedulePlan Unregister(string name, DnsTunnelMonitorScope scope) => new([],
        $"""
        Stop-ScheduledTask -TaskName {Name(name)} -TaskPath '{Folder}' -ErrorAction SilentlyContinue
        Unregister-ScheduledTask -TaskName {Name(name)} -TaskPath '{Folder}' -Confirm:$false -ErrorAction Stop
        """,
        ScriptLanguage.PowerShell);

    public string? Find(string name, DnsTunnelMonitorScope scope) => !IsRunning ? null :
        $"if (-not (Get-ScheduledTask -TaskName {Name(name)} -TaskPath '{Folder}' -ErrorAction SilentlyContinue)) {{ exit 1 }}";

    private static string Name(string name) => PowerShellText.Quote(ScheduleRequest.UnitOf(name));

    /// <summary>-Command takes text, and would read it anew.</summary>
    private static string Argument(string argument) => argument == "-Command" ? "-EncodedCommand" : argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;
}
