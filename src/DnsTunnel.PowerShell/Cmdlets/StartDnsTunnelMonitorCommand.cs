using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
using DnsTunnel.Monitoring;
using DnsTunnel.Monitoring.Sources;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsLifecycle.Start, "DnsTunnelMonitor", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DnsTunnelFinding))]
public sealed partial class StartDnsTunnelMonitorCommand : MonitorCmdlet
{
    /// <summary>Queries between looks at the clock.</summary>
    private const int MostAtOnce = 1024;

    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(100);

    private readonly DateTime _start = DateTime.UtcNow;
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private readonly CancellationTokenSource _terminating = new();
    private SourceSet? _sources;
    private long _badNames;
    private bool _isFlushed;

    [Parameter]
    [ValidateDuration]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromMinutes(15);

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InterfaceSet)]
    [Parameter(ParameterSetName = DnstapSocketSet)]
    [Parameter(ParameterSetName = DnstapListenSet)]
    [ValidateDuration]
    public TimeSpan Duration { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InterfaceSet)]
    [Parameter(ParameterSetName = DnstapSocketSet)]
    [Parameter(ParameterSetName = DnstapListenSet)]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; }

    private protected override MonitorOptions Options => IsLive ? base.Options : base.Options with { PauseFactor = 1 };

    private bool IsLive => ParameterSetName is InterfaceSet or DnstapSocketSet or DnstapListenSet;

    private string SourceName => _sources is { IsEmpty: false } ? _sources.Name : "the pipeline";

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _silence = new Silence(SilentAfter, TimeProvider.System);
        OpenStore();
    }

    protected override void ProcessRecord()
    {
        if (IsLive) return;
        base.ProcessRecord();
        if (ParameterSetName != InputObjectSet) return;
        Monitor.EndCatchUp();
        Look();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        Watch();
        Flush();
        CloseDashboard();
        if (StopToken.IsCancellationRequested) return;
        foreach (var statistics in _kept) Report($"'{Printable.Text(statistics.Source ?? string.Empty)}'", statistics);
        if (_badNames + Monitor.QueriesOutOfTime > 0)
        {
            WriteWarning(string.Create(CultureInfo.InvariantCulture,
                $"{Monitor.QueriesOutOfTime:N0} queries of more than seven days before the latest or of days to come did not count, and {_badNames:N0} whose name is no domain name."));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A pipeline that is stopped while it gives us objects comes straight here.
            if (Monitor is not null) Flush();
            CloseDashboard();
            _sources?.Dispose();
            _terminating.Dispose();
        }
        base.Dispose(disposing);
    }

    private protected override void TakeQuery(DnsQuery query)
    {
        Monitor.Add(query);
        _feed?.Add(query);
    }

    private void Watch()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(StopToken, _terminating.Token);
        // A service is told to end with this signal; the pipeline then ends as if its time was over.
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _terminating.Cancel();
        });
        _sources = new SourceSet(ending.Token);
        if (Once) Monitor.EndCatchUp();
        AddSources(_sources);
        if (_sources.IsEmpty && !Once) return;
        WriteVerbose($"Watching {SourceName}.");
        OpenDashboard();
        while (!ending.IsCancellationRequested && !IsEnough && !_sources.HasEnded)
        {
            TakeWhatCame();
            Look();
        }

        _sources.Finish();
        while (!_sources.HasEnded) TakeWhatCame();
        KeepOpened();
        TellProblems(_sources);
        if (!Once || Monitor.Queries > 0) TellOfSilence();
        else if (Last > TimeSpan.Zero) TellSilence(_start - Last);
    }

    private bool IsEnough => (Count > 0 && Told >= Count) || (Duration > TimeSpan.Zero && _sinceStart.Elapsed >= Duration);

    private void TakeWhatCame()
    {
        if (_sources!.IsUpToDate) Monitor.EndCatchUp();
        for (var i = 0; i < MostAtOnce && !Monitor.IsLate && _sources.TryTake(out var query, i == 0 ? s_wait : TimeSpan.Zero); i++)
        {
            if (Last > TimeSpan.Zero && query.Timestamp < _start - Last) continue;
            try
            {
                TakeQuery(query);
            }
            catch (FormatException)
            {
                _badNames++;
            }
        }
    }

    /// <summary>Little work unless something is due.</summary>
    private void Look()
    {
        try
        {
            // What is read to its end is judged then, and told once.
            var findings = Once ? [] : Monitor.LookWhenDue(StopToken);
            if (findings.Count > 0) Tell(findings);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            return;
        }

        if (_sources is not null)
        {
            KeepOpened();
            TellProblems(_sources);
            TellDrops(_sources);
        }

        if (!Once) TellOfSilence();
        _feed?.KeepWhenDue();
        WarnOfTroubles();
        WarnOfStore();
        DrawWhenDue();
    }

    /// <summary>What has not been looked at yet, however it ends.</summary>
    private void Flush()
    {
        if (_isFlushed) return;
        _isFlushed = true;
        Tell(Monitor.Look(whole: true, CancellationToken.None));
        WarnOfTroubles();
        CloseStore();
        if (Monitor.DroppedSummaries > 0) Warn(FormattableString.Invariant($"{Monitor.DroppedSummaries:N0} little asked pairs of domain and client were left out to bound memory."));
    }
}
