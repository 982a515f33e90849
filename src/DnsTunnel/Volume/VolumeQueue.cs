using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace DnsTunnel.Volume;

/// <summary>
/// Counts on a thread of its own, while the thread that adds reads on. One thread counts everything, in the order in which it was added,
/// so the result is the same as without it.
/// </summary>
internal sealed class VolumeQueue : IVolumeSink, IDisposable
{
    /// <summary>One is filled and one counted; the others even out that either thread is slower for a moment.</summary>
    private const int Batches = 4;

    private readonly IVolumeSink _sink;
    private readonly Action? _handedOver;
    private readonly BlockingCollection<VolumeBatch> _empty = [];
    private readonly BlockingCollection<VolumeBatch> _full = [];
    private readonly Thread _thread;
    private VolumeBatch _batch = new();
    private volatile ExceptionDispatchInfo? _failure;
    private volatile bool _isAbandoned;

    /// <param name="sink">Counts; nobody else may use it until the queue is completed.</param>
    /// <param name="handedOver">Is called on the thread that adds, each time that it has handed a batch over; null for nothing.</param>
    public VolumeQueue(IVolumeSink sink, Action? handedOver = null)
    {
        (_sink, _handedOver) = (sink, handedOver);
        for (var i = 1; i < Batches; i++) _empty.Add(new VolumeBatch());
        _thread = new Thread(Count) { IsBackground = true, Name = "DnsTunnel volume" };
        _thread.Start();
    }

    /// <summary>Takes an item; waits when counting is far behind.</summary>
    public void Add(in VolumeItem item)
    {
        if (_batch.TryAdd(item)) return;
        HandOver();
        _batch = _empty.Take();
        _batch.TryAdd(item);
    }

    /// <summary>Returns when all that was added is counted; nothing can be added any more.</summary>
    public void Complete()
    {
        if (!_full.IsAddingCompleted)
        {
            HandOver();
            _full.CompleteAdding();
        }

        _thread.Join();
        _failure?.Throw();
    }

    /// <summary>What was not counted yet is not counted any more.</summary>
    public void Dispose()
    {
        _isAbandoned = true;
        _full.CompleteAdding();
        _thread.Join();
        _full.Dispose();
        _empty.Dispose();
    }

    private void HandOver()
    {
        _failure?.Throw();
        _full.Add(_batch);
        _handedOver?.Invoke();
    }

    private void Count()
    {
        foreach (var batch in _full.GetConsumingEnumerable())
        {
            try
            {
                if (!_isAbandoned && _failure is null) batch.MoveTo(_sink);
            }
            catch (Exception e)
            {
                // It would end the process here; the thread that adds gets it.
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            batch.Clear();
            _empty.Add(batch);
        }
    }
}
