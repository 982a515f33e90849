using System.Collections.Concurrent;
using DnsTunnel.Capture.Live;
using DnsTunnel.Names;
using DnsTunnel.Processes;

namespace DnsTunnel.Queries;

/// <summary>The queries of interfaces that are captured on. All but the capturing itself happens on the thread that calls.</summary>
internal sealed class LiveQuerySource(LiveCaptureOptions options, PublicSuffixList suffixes, Action<DnsQuery> emit) : IDisposable
{
    /// <summary>Packets can lie in the kernel and the queue for so long; an answer among them is no missing answer.</summary>
    private static readonly long s_delay = TimeSpan.TicksPerSecond;

    private readonly BlockingCollection<PacketBatch> _queue = [];
    private readonly List<LiveQueryStream> _streams = [];
    private readonly ProcessFinder? _processes = options.IncludeProcess ? ProcessFinder.Create() : null;
    private int _running;

    /// <summary>What was seen on each interface, in the order they were added.</summary>
    public IEnumerable<CaptureStatistics> Statistics => _streams.Select(s => s.Statistics);

    public bool IsEmpty => _streams.Count == 0;

    /// <summary>Opens an interface, by its name, friendly name or description.</summary>
    /// <returns>What will be seen on it; null when it is open already.</returns>
    /// <exception cref="LiveCaptureException">It cannot be captured on.</exception>
    public CaptureStatistics? Add(string name)
    {
        var found = CaptureInterfaces.Find(name);
        if (_streams.Exists(s => s.Statistics.Source == found.Name)) return null;
        var device = LiveDevice.Open(found, options, _queue);
        var stream = new LiveQueryStream(device, found.Name, new QueryBuilder(suffixes, found.Name, emit), options.Ports, _processes);
        _streams.Add(stream);
        return stream.Statistics;
    }

    /// <summary>Begins to capture.</summary>
    public void Start()
    {
        _running = _streams.Count;
        foreach (var stream in _streams) stream.Device.Start();
    }

    /// <summary>Reads packets that have come, or waits for some. False when all interfaces have ended and all is read.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryAdvance(TimeSpan wait, CancellationToken stopping)
    {
        if (_running == 0) return false;
        if (_queue.TryTake(out var batch, (int)wait.TotalMilliseconds, stopping)) Read(batch);
        else Tick();
        return true;
    }

    /// <summary>Ends the capture; what came before is still read by <see cref="TryAdvance"/>.</summary>
    public void Finish()
    {
        foreach (var stream in _streams) stream.Device.Finish();
    }

    /// <summary>Hands on what still waits for an answer; call at the end.</summary>
    public void Complete()
    {
        foreach (var stream in _streams) stream.Complete();
    }

    /// <summary>Why interfaces ended that were not told to, each once.</summary>
    public IEnumerable<LiveCaptureException> TakeFailures() => _streams.Select(s => s.TakeFailure()).OfType<LiveCaptureException>();

    /// <summary>Ends at once.</summary>
    public void Dispose()
    {
        foreach (var stream in _streams) stream.Dispose();
    }

    private void Read(PacketBatch batch)
    {
        var stream = _streams.Find(s => s.Device == batch.Device)!;
        stream.Read(batch);
        if (batch.IsLast) _running--;
    }

    private void Tick()
    {
        var now = DateTime.UtcNow.Ticks - s_delay;
        foreach (var stream in _streams) stream.AdvanceTo(now);
    }
}
