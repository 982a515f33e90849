namespace DnsTunnel.Packets;

/// <summary>The TCP connections under way on DNS ports, one stream a direction.</summary>
internal sealed class TcpStreams(IDnsPacketSink sink, CaptureStatistics statistics)
{
    /// <summary>Streams known at a time; past it the longest unused goes.</summary>
    public const int MaxStreams = 16384;

    /// <summary>Bytes held for them; past it the longest unused goes.</summary>
    public const long MaxBytes = 64 << 20;

    /// <summary>A stream unused for this long is forgotten, in capture time; servers close after seconds (RFC 7766, section 6.2.3).</summary>
    public const long IdleTime = 300 * TimeSpan.TicksPerSecond;

    private readonly AgingTable<FlowKey, TcpStream> _streams = new();
    private readonly BufferBudget _budget = new(MaxBytes);

    public int Count => _streams.Count;

    public long HeldBytes => _budget.Held;

    public void Add(in FlowKey flow, in TcpSegment segment, long ticks)
    {
        while (_streams.TryPeekOldest(out var oldest) && CaptureTime.AreApart(ticks, oldest.LastTicks, IdleTime))
            _streams.RemoveOldest().Flush();

        if (!_streams.TryGet(flow, renew: true, out var stream))
        {
            if (segment.IsReset || !segment.IsSyn && segment.Payload.IsEmpty) return;
            if (_streams.Count >= MaxStreams) _streams.RemoveOldest().Flush();
            stream = new TcpStream(flow, sink, _budget, statistics);
            _streams.Add(flow, stream);
        }

        stream.Add(in segment, ticks);
        while (_budget.IsExceeded) _streams.RemoveOldest().Flush();
    }

    /// <summary>Delivers what can be of all that is still incomplete.</summary>
    public void Complete()
    {
        while (_streams.Count > 0) _streams.RemoveOldest().Flush();
    }
}
