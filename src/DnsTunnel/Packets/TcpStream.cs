namespace DnsTunnel.Packets;

/// <summary>
/// Puts the segments of one direction of a connection in order. Sequence numbers are compared by their signed
/// difference, which survives the wrap-around (RFC 9293, section 3.4).
/// </summary>
internal sealed class TcpStream(FlowKey flow, IDnsPacketSink sink, BufferBudget budget, CaptureStatistics statistics)
{
    /// <summary>Segments, and bytes of them, that wait for one that is missing.</summary>
    public const int MaxPendingSegments = 256;

    /// <inheritdoc cref="MaxPendingSegments"/>
    public const int MaxPendingBytes = 256 << 10;

    /// <summary>How long they wait, in capture time: a retransmission takes 0.2 to 3 seconds.</summary>
    public const long MaxPendingTime = 5 * TimeSpan.TicksPerSecond;

    /// <summary>Further from the expected sequence number it is another connection, whose SYN is not in the capture.</summary>
    private const int MaxDistance = 4 << 20;

    private readonly MessageFramer _framer = new(flow, sink, budget);
    private readonly List<PendingSegment> _pending = [];
    private int _pendingBytes;
    private long _pendingSince;
    private uint _initial;
    private uint _next;
    private uint? _end;
    private bool _isStarted;
    private bool _hasGap;

    public long LastTicks { get; private set; }

    public void Add(in TcpSegment segment, long ticks)
    {
        LastTicks = ticks;
        if (segment.IsReset)
        {
            // Its sequence number may be anything, and its payload is a remark (RFC 9293, section 3.5.3).
            Flush();
            return;
        }

        var start = segment.DataSequence;

        // A retransmitted SYN must not start the stream anew.
        if (!_isStarted || segment.IsSyn && start != _initial) Start(start, segment.IsSyn);
        else if (Distance(start) is > MaxDistance or < -MaxDistance) Start(start, isFirst: false);

        Insert(in segment, start, ticks);
        if (segment.IsFin) _end = start + (uint)(segment.Payload.Length + segment.Missing);
        if (_end is { } end && Distance(end) <= 0) Flush();
    }

    /// <summary>
    /// Delivers what can be, without what is missing, and frees the rest. The stream still knows retransmissions, and
    /// goes on should there be more: a forged RST must not hide what follows it.
    /// </summary>
    public void Flush()
    {
        while (_pending.Count > 0) SkipGap();
        if (_framer.HasPart) CountGap();
        _framer.Reset(isSearching: true);
        _end = null;
    }

    private void Start(uint sequence, bool isFirst)
    {
        Flush();
        _isStarted = true;
        _hasGap = false;
        _initial = _next = sequence;
        _framer.Reset(isSearching: !isFirst);
    }

    private void Insert(in TcpSegment segment, uint start, long ticks)
    {
        var distance = Distance(start);
        if (distance > 0)
        {
            Wait(start, segment.Payload, ticks);
            while (IsOverdue(ticks)) SkipGap();
            return;
        }

        if (-distance < segment.Payload.Length) Take(start, segment.Payload, ticks);
        var missing = segment.Missing - Math.Max(0, -Distance(start + (uint)segment.Payload.Length));
        if (missing > 0) SkipTo(_next + (uint)missing);
        TakePending(ticks);
    }

    /// <summary>Feeds what is new of a segment that does not lie ahead.</summary>
    private void Take(uint start, ReadOnlySpan<byte> payload, long ticks)
    {
        var old = -Distance(start);
        if (old >= payload.Length) return;
        _next = start + (uint)payload.Length;
        _framer.Feed(payload[old..], ticks);
    }

    private void TakePending(long ticks)
    {
        var taken = 0;
        for (; taken < _pending.Count && Distance(_pending[taken].Sequence) <= 0; taken++)
        {
            var segment = _pending[taken];
            Take(segment.Sequence, segment.Payload, Math.Max(ticks, segment.Ticks));
            _pendingBytes -= segment.Buffer.Length;
            budget.Return(segment.Buffer);
        }

        _pending.RemoveRange(0, taken);
    }

    private void Wait(uint start, ReadOnlySpan<byte> payload, long ticks)
    {
        if (payload.IsEmpty) return;
        if (_pending.Count == 0) _pendingSince = ticks;
        var place = _pending.Count;
        while (place > 0 && Distance(_pending[place - 1].Sequence) > Distance(start)) place--;
        var end = Distance(start + (uint)payload.Length);
        if (place > 0 && Distance(_pending[place - 1].End) >= end) return;

        var buffer = budget.Rent(payload.Length);
        payload.CopyTo(buffer);
        _pendingBytes += buffer.Length;
        _pending.Insert(place, new PendingSegment(start, buffer, payload.Length, ticks));
    }

    private bool IsOverdue(long ticks) =>
        _pending.Count > 0 && (_pending.Count > MaxPendingSegments || _pendingBytes > MaxPendingBytes
            || CaptureTime.AreApart(ticks, _pendingSince, MaxPendingTime));

    private void SkipGap()
    {
        // What comes behind a second gap has its own time to wait.
        SkipTo(_pending[0].Sequence);
        _pendingSince = _pending[0].Ticks;
        TakePending(0);
    }

    private void SkipTo(uint sequence)
    {
        CountGap();
        _framer.Reset(isSearching: true);
        _next = sequence;
    }

    private void CountGap()
    {
        if (!_hasGap) statistics.TcpGaps++;
        _hasGap = true;
    }

    private int Distance(uint sequence) => (int)(sequence - _next);
}
