using System.Management.Automation;
using DnsTunnel.Monitoring.Scheduling;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsLifecycle.Unregister, "DnsTunnelMonitor", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterDnsTunnelMonitorCommand : ScheduleCmdlet
{
    protected override void ProcessRecord() => Attempt(() =>
    {
        var schedule = ScheduleService.Of(Scheduler ?? ScheduleService.Default());
        if (!Service.Exists(schedule, Name, ScopeInUse)) throw new ScheduleException(ScheduleError.MonitorNotFound, $"There is no monitor '{Name}'.");
        var plan = schedule.Unregister(Name, ScopeInUse).Describe("Remove");
        if (ShouldProcess(plan, $"Take the monitor '{Name}' away?\n{plan}", "Unregister-DnsTunnelMonitor")) Service.Unregister(schedule, Name, ScopeInUse);
    });
}
