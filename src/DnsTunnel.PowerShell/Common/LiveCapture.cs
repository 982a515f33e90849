using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using DnsTunnel.Capture.Live;
using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

/// <summary>Writes the queries of interfaces while they are captured.</summary>
internal sealed class LiveCapture : IDisposable
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_timeBetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly PSCmdlet _cmdlet;
    private readonly LiveCaptureOptions _options;
    private readonly CancellationToken _stopping;
    private readonly LiveQuerySource _source;
    private readonly Queue<DnsQuery> _ready = [];
    private readonly Stopwatch _sinceStart = new();
    private readonly Dictionary<string, long> _warnedOf = [];
    private TimeSpan _lastWarning = -s_timeBetweenWarnings;
    private long _written;
    private bool _isFinishing;

    public LiveCapture(PSCmdlet cmdlet, LiveCaptureOptions options, CancellationToken stopping)
    {
        _cmdlet = cmdlet;
        _options = options;
        _stopping = stopping;
        _source = new LiveQuerySource(options, PublicSuffixList.Default, _ready.Enqueue);
    }

    /// <summary>How long to capture; zero for without end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many queries to write; zero for all.</summary>
    public long Count { get; init; }

    /// <summary>Captures until it has time or queries enough, or the pipeline is stopped.</summary>
    public void Run(IEnumerable<string> interfaces, Action<CaptureStatistics> keepStatistics, Action<string, CaptureStatistics> report)
    {
        foreach (var name in interfaces) Open(name, keepStatistics);
        if (_source.IsEmpty) return;
        try
        {
            Capture();
            WarnOfDrops();
            foreach (var statistics in _source.Statistics) report($"'{statistics.Source}'", statistics);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }
    }

    public void Dispose() => _source.Dispose();

    private void Open(string name, Action<CaptureStatistics> keepStatistics)
    {
        try
        {
            if (_source.Add(name) is { } statistics) keepStatistics(statistics);
        }
        catch (LiveCaptureException e) when (e.Error is LiveCaptureError.CaptureLibraryMissing or LiveCaptureError.CaptureNotPermitted or LiveCaptureError.CaptureFilterNotValid)
        {
            // The next interface would fail for the same reason.
            _cmdlet.ThrowTerminatingError(Errors.LiveCapture(e, e.Error == LiveCaptureError.CaptureFilterNotValid ? _options.Filter : name));
        }
        catch (LiveCaptureException e)
        {
            _cmdlet.WriteError(Errors.LiveCapture(e, name));
        }
    }

    private void Capture()
    {
        _source.Start();
        _sinceStart.Start();
        while (_source.TryAdvance(TimeToWait, _stopping))
        {
            WriteReady();
            WriteFailures();
            if (_sinceStart.Elapsed - _lastWarning >= s_timeBetweenWarnings) WarnOfDrops();
            if (HasWrittenAll) break;
            if (Duration > TimeSpan.Zero && _sinceStart.Elapsed >= Duration) Finish();
        }

        _source.Complete();
        WriteReady();
        _source.Dispose();
    }

    private bool HasWrittenAll => Count > 0 && _written == Count;

    private void WriteReady()
    {
        while (!HasWrittenAll && _ready.TryDequeue(out var query))
        {
            _written++;
            _cmdlet.WriteObject(query);
        }
    }

    private TimeSpan TimeToWait
    {
        get
        {
            if (_isFinishing || Duration == TimeSpan.Zero) return s_wait;
            var left = Duration - _sinceStart.Elapsed;
            return left < TimeSpan.Zero ? TimeSpan.Zero : left < s_wait ? left : s_wait;
        }
    }

    private void Finish()
    {
        if (_isFinishing) return;
        _isFinishing = true;
        _source.Finish();
    }

    private void WriteFailures()
    {
        foreach (var failure in _source.TakeFailures()) _cmdlet.WriteError(Errors.LiveCapture(failure, null));
    }

    private void WarnOfDrops()
    {
        foreach (var statistics in _source.Statistics)
        {
            var dropped = statistics.KernelDropped + statistics.InterfaceDropped + statistics.QueueDropped;
            if (dropped == _warnedOf.GetValueOrDefault(statistics.Source!)) continue;
            _warnedOf[statistics.Source!] = dropped;
            _lastWarning = _sinceStart.Elapsed;
            _cmdlet.WriteWarning(string.Create(CultureInfo.InvariantCulture,
                $"{dropped:N0} packets were lost on '{statistics.Source}' ({statistics.KernelDropped:N0} by the kernel, {statistics.InterfaceDropped:N0} by the interface, {statistics.QueueDropped:N0} because the pipeline did not keep up), besides {statistics.Packets:N0} that were read. Raise -BufferSize (now {_options.BufferSize >> 20} MB), let fewer packets through with -Filter, or do less in the pipeline."));
        }
    }
}
