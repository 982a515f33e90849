using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using DnsTunnel.Monitoring.Dashboard;

namespace DnsTunnel.PowerShell;

/// <summary>The live view.</summary>
public sealed partial class StartDnsTunnelMonitorCommand
{
    /// <summary>To draw takes no more than a tenth of the time.</summary>
    private const int PauseFactor = 10;

    private static readonly TimeSpan s_betweenFrames = TimeSpan.FromSeconds(1);

    private MonitorDashboard? _dashboard;

    /// <summary>When to draw again; at once when the pipeline may have written to the terminal.</summary>
    private long _nextFrame;

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InterfaceSet)]
    [Parameter(ParameterSetName = DnstapSocketSet)]
    [Parameter(ParameterSetName = DnstapListenSet)]
    public SwitchParameter Dashboard { get; set; }

    private protected override void Show(DnsTunnelFinding finding)
    {
        base.Show(finding);
        _dashboard?.Add(finding);
        _nextFrame = 0;
    }

    private protected override void Warn(string text)
    {
        base.Warn(text);
        _dashboard?.Add(text);
        _nextFrame = 0;
    }

    private void OpenDashboard()
    {
        if (!Dashboard) return;
        if (TerminalOf.Reason(this) is { } reason) WriteWarning($"No dashboard is shown: {reason}. The monitor runs without it.");
        else _dashboard = new MonitorDashboard(Host.UI.Write);
        DrawWhenDue();
    }

    private void CloseDashboard()
    {
        _dashboard?.Dispose();
        _dashboard = null;
    }

    private void DrawWhenDue()
    {
        var start = Stopwatch.GetTimestamp();
        if (_dashboard is null || start < _nextFrame) return;
        var size = Host.UI.RawUI.WindowSize;
        _dashboard.Draw(Facts(size), size.Width, size.Height);
        var pause = PauseFactor * Stopwatch.GetElapsedTime(start);
        _nextFrame = Stopwatch.GetTimestamp() + (long)((pause > s_betweenFrames ? pause : s_betweenFrames).TotalSeconds * Stopwatch.Frequency);
    }

    private DashboardFacts Facts(Size size) => new()
    {
        Now = DateTime.UtcNow,
        Started = _start,
        Queries = Monitor.Queries,
        Refused = Monitor.QueriesOutOfTime + _badNames,
        Told = Told,
        Waiting = Waiting,
        Sources = _sources!.States,
        Domains = Monitor.Busiest(size.Height),
    };
}
