using System.Collections;
using System.Management.Automation;
using System.Text;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>
/// What Register-DnsTunnelMonitor would run on Windows, on the real engine, against functions that have the names and parameters of its
/// cmdlets and record how they are called. No Windows took part.
/// </summary>
public sealed class WindowsTaskTests : IDisposable
{
    private const string Functions =
        """
        $calls = @{}
        function New-ScheduledTaskAction { [CmdletBinding()] param([string] $Execute, [string] $Argument) $calls['Action'] = $PSBoundParameters; 'action' }
        function New-ScheduledTaskTrigger { [CmdletBinding()] param([switch] $Once, [switch] $AtStartup, [switch] $AtLogOn, [datetime] $At, [timespan] $RepetitionInterval)
            $calls['Trigger'] = $PSBoundParameters; 'trigger' }
        function New-ScheduledTaskSettingsSet { [CmdletBinding()] param([switch] $StartWhenAvailable, [switch] $AllowStartIfOnBatteries, [switch] $DontStopIfGoingOnBatteries,
            [ValidateSet('Parallel', 'Queue', 'IgnoreNew')] [string] $MultipleInstances, [timespan] $ExecutionTimeLimit, [int] $RestartCount, [timespan] $RestartInterval)
            $calls['Settings'] = $PSBoundParameters; 'settings' }
        function New-ScheduledTaskPrincipal { [CmdletBinding()] param([string] $UserId, [ValidateSet('Limited', 'Highest')] [string] $RunLevel,
            [ValidateSet('None', 'Password', 'S4U', 'Interactive', 'Group', 'ServiceAccount', 'InteractiveOrPassword')] [string] $LogonType) $calls['Principal'] = $PSBoundParameters; 'principal' }
        function Register-ScheduledTask { [CmdletBinding()] param([string] $TaskName, [string] $TaskPath, [string] $Description, $Action, $Trigger, $Settings, $Principal, [switch] $Force)
            $calls['Register'] = $PSBoundParameters; 'task' }
        function Start-ScheduledTask { [CmdletBinding()] param([string] $TaskName, [string] $TaskPath) $calls['Start'] = $PSBoundParameters }

        """;

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_task_runs_every_15_minutes_over_the_last_45()
    {
        var calls = Run("-Name it -Scope System -Path '/logs/it''s 100% $x.log'");

        Assert.Equal(TimeSpan.FromMinutes(15), calls["Trigger"]["RepetitionInterval"]);
        Assert.Equal("S-1-5-18", calls["Principal"]["UserId"]);
        Assert.Equal("IgnoreNew", calls["Settings"]["MultipleInstances"]);
        Assert.Equal(("dnstunnel-monitor-it", "\\DnsTunnel\\"), ((string)calls["Register"]["TaskName"]!, (string)calls["Register"]["TaskPath"]!));
        Assert.False(calls.ContainsKey("Start"));
        var script = Encoding.Unicode.GetString(Convert.FromBase64String(((string)calls["Action"]["Argument"]!).Split(' ')[^1]));
        Assert.Contains("it''s 100% $x.log') -Once -Last '00:45:00' ", script, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_runs_on_and_on_has_no_limit_and_starts_now()
    {
        var calls = Run("-Name it -Scope User -Interface eth0");

        Assert.True(((SwitchParameter)calls["Trigger"]["AtLogOn"]!).IsPresent);
        Assert.Equal(TimeSpan.Zero, calls["Settings"]["ExecutionTimeLimit"]);
        Assert.Equal("dnstunnel-monitor-it", calls["Start"]["TaskName"]);
        Assert.Equal("Interactive", calls["Principal"]["LogonType"]);
    }

    private Dictionary<string, Hashtable> Run(string arguments)
    {
        // In the Shell, which is a host that a task can start; this test is none.
        var (exitCode, shown, error) = ShellProcess.Run("-Command", $"Register-DnsTunnelMonitor -Scheduler TaskScheduler -OutFile /var/log/a.ndjson -WhatIf {arguments}");
        Assert.Equal((0, ""), (exitCode, error));
        // There is nobody of that kind here.
        var script = shown[(shown.IndexOf("Run\n", StringComparison.Ordinal) + 4)..].Replace("[Security.Principal.WindowsIdentity]::GetCurrent().Name", "'me'", StringComparison.Ordinal);
        var output = _session.Run($"{Functions}\n$null = & {{\n{script}\n}}\n, $calls");
        Assert.Empty(_session.Errors);
        return ((Hashtable)Assert.Single(output).BaseObject).Cast<DictionaryEntry>()
            .ToDictionary(call => (string)call.Key, call => new Hashtable((IDictionary)call.Value!, StringComparer.OrdinalIgnoreCase));
    }
}
