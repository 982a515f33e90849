using DnsTunnel.Capture.Live;
using DnsTunnel.Packets;
using DnsTunnel.Processes;

namespace DnsTunnel.Queries;

/// <summary>The queries of one interface.</summary>
internal sealed class LiveQueryStream : IDisposable
{
    private readonly TransactionTracker _tracker;
    private readonly PacketDecoder _decoder;
    private bool _hasEnded;

    public LiveQueryStream(LiveDevice device, string name, ITransactionSink sink, IReadOnlyCollection<int> ports, IProcessFinder? processes)
    {
        Device = device;
        Statistics = new CaptureStatistics { Source = name };
        _tracker = new TransactionTracker(sink, Statistics, processes);
        _decoder = new PacketDecoder(_tracker, ports, Statistics);
    }

    public LiveDevice Device { get; }

    public CaptureStatistics Statistics { get; }

    public void Read(PacketBatch batch)
    {
        for (var i = 0; i < batch.Count; i++) _decoder.Decode(batch[i]);
        _hasEnded |= batch.IsLast;
        Device.Return(batch);
        CountDrops();
    }

    /// <summary>Emits requests that have waited too long at a time.</summary>
    public void AdvanceTo(long ticks)
    {
        _tracker.AdvanceTo(ticks);
        CountDrops();
    }

    public void Complete()
    {
        _decoder.Complete();
        _tracker.Complete();
        CountDrops();
    }

    /// <summary>Why the interface ended, the first time it is asked for.</summary>
    public LiveCaptureException? TakeFailure()
    {
        if (!_hasEnded) return null;
        _hasEnded = false;
        return Device.Failure;
    }

    public void Dispose()
    {
        Device.Dispose();
        CountDrops();
    }

    private void CountDrops()
    {
        Statistics.KernelDropped = Device.KernelDropped;
        Statistics.InterfaceDropped = Device.InterfaceDropped;
        Statistics.QueueDropped = Device.QueueDropped;
    }
}
