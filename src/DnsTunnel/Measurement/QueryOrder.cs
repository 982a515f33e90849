namespace DnsTunnel.Measurement;

/// <summary>Puts queries in the order of time: sources tell of them when they are answered or given up, some seconds later.</summary>
internal sealed class QueryOrder(Action<HeldQuery> release)
{
    /// <summary>Captures give up waiting for an answer after 10 s; Zeek and others write their logs by the same rule, later.</summary>
    private static readonly long s_delay = TimeSpan.FromSeconds(30).Ticks;

    private const int MaxHeld = 1 << 18;

    private readonly PriorityQueue<HeldQuery, (long Ticks, long Number)> _held = new();
    private long _latest = long.MinValue;
    private long _number;

    public void Add(HeldQuery query)
    {
        _held.Enqueue(query, (query.Ticks, _number++));
        _latest = Math.Max(_latest, query.Ticks);
        while (_held.Count > MaxHeld || _held.Peek().Ticks <= _latest - s_delay) release(_held.Dequeue());
    }

    /// <summary>Releases all that waits.</summary>
    public void Complete()
    {
        while (_held.TryDequeue(out var query, out _)) release(query);
    }
}
