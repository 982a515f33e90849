using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Expiry;

/// <summary>A scheduled task of Windows, which runs late when the host was off at its time.</summary>
internal static class WindowsTimer
{
    private const string Folder = "\\DnsTunnel\\";

    /// <summary>The step that arms a timer.</summary>
    public static ScriptStep Step(string id, TimeSpan time, string undo)
    {
        var (name, folder) = (PowerShellText.Quote($"DnsTunnel-{id}"), PowerShellText.Quote(Folder));
        var remove = $"Get-ScheduledTask -TaskName {name} -TaskPath {folder} -ErrorAction SilentlyContinue | Unregister-ScheduledTask -Confirm:$false -ErrorAction Stop";
        var command = PowerShellText.EncodedCommand($"{undo}\n{remove}");
        return new(ScriptLanguage.PowerShell,
            $$"""
            # The task runs, encoded as UTF-16 in base 64:
            {{string.Join('\n', $"{undo}\n{remove}".Split('\n').Select(line => "#   " + line))}}
            $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-NoProfile -NonInteractive -EncodedCommand {{command}}' -ErrorAction Stop
            $trigger = New-ScheduledTaskTrigger -Once -At ([datetime]::Now.AddSeconds({{(long)Math.Ceiling(time.TotalSeconds)}})) -ErrorAction Stop
            $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ErrorAction Stop
            $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -RunLevel Highest -ErrorAction Stop
            Register-ScheduledTask -TaskName {{name}} -TaskPath {{folder}} -Action $action -Trigger $trigger -Settings $settings -Principal $principal -ErrorAction Stop | Out-Null
            """,
            $$"""
            if (Get-ScheduledTask -TaskName {{name}} -TaskPath {{folder}} -ErrorAction SilentlyContinue) { 'a scheduled task' } else { '{{ScriptStep.Absent}}' }
            """,
            remove);
    }
}
