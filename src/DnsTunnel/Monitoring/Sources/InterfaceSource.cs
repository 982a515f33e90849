using DnsTunnel.Capture.Live;
using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.Monitoring.Sources;

/// <summary>An interface that is captured on.</summary>
/// <param name="name">By which it is found.</param>
/// <param name="options">How to capture.</param>
/// <param name="keep">Takes the statistics each time it is opened.</param>
internal sealed class InterfaceSource(string name, LiveCaptureOptions options, Action<SourceStatistics> keep) : IMonitorSource
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(200);

    private LiveQuerySource? _source;
    private long _droppedBefore;

    public string Name => name;

    public bool GoesOn => true;

    public long Dropped => _droppedBefore + DroppedNow;

    private long DroppedNow => _source?.Statistics.Sum(s => s.KernelDropped + s.InterfaceDropped + s.QueueDropped) ?? 0;

    public void Open(Action<DnsQuery> emit)
    {
        Close();
        var source = new LiveQuerySource(options, PublicSuffixList.Default, emit);
        try
        {
            if (source.Add(name) is { } statistics) keep(statistics);
            source.Start();
            _source = source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public void Pump(CancellationToken cancellation)
    {
        try
        {
            while (_source!.TryAdvance(s_wait, cancellation))
            {
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Finish();
            return;
        }

        _source.Complete();
        throw _source.TakeFailures().FirstOrDefault() ?? new LiveCaptureException(LiveCaptureError.CaptureFailed, $"The capture on '{name}' ended.");
    }

    public void Dispose() => Close();

    /// <summary>Reads what has come before the end.</summary>
    private void Finish()
    {
        _source!.Finish();
        while (_source.TryAdvance(s_wait, CancellationToken.None))
        {
        }

        _source.Complete();
    }

    private void Close()
    {
        if (_source is null) return;
        _source.Dispose();
        _droppedBefore += DroppedNow;
        _source = null;
    }
}
