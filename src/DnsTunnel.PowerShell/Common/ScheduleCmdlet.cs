using System.Management.Automation;
using DnsTunnel.Monitoring.Scheduling;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

/// <summary>A cmdlet that registers a monitor or takes it away.</summary>
public abstract class ScheduleCmdlet : CancellableCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
    public string Name { get; set; } = "Default";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DnsTunnelMonitorScope? Scope { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DnsTunnelScheduler? Scheduler { get; set; }

    /// <summary>Of the computer for administrators, else of the user.</summary>
    private protected DnsTunnelMonitorScope ScopeInUse =>
        Scope ?? (Environment.IsPrivilegedProcess ? DnsTunnelMonitorScope.System : DnsTunnelMonitorScope.User);

    private protected ScheduleService Service => new(new LocalScriptRunner(), StopToken);

    /// <summary>Does it; what is refused is an error of this item alone.</summary>
    private protected void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (ScheduleException exception)
        {
            WriteError(Errors.Schedule(exception, Name));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }
    }
}
