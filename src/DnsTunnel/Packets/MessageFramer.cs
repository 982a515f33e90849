namespace DnsTunnel.Packets;

/// <summary>Cuts one direction of a connection into DNS messages (RFC 1035, section 4.2.2).</summary>
internal sealed class MessageFramer(FlowKey flow, IDnsPacketSink sink, BufferBudget budget)
{
    /// <summary>
    /// Implausible messages in a row after which the stream is taken for something else. They are delivered all the
    /// same: one broken message must not hide what follows it.
    /// </summary>
    private const int MaxDoubts = 4;

    private byte[]? _buffer;
    private int _held;
    private int _length;
    private int _lengthBytes;
    private int _doubts;

    // The place of the next message is unknown: the start of every segment is tried.
    private bool _isSearching;

    /// <summary>The start of a message has come, and not its end.</summary>
    public bool HasPart => !_isSearching && _lengthBytes > 0;

    /// <summary>Forgets what it holds.</summary>
    /// <param name="isSearching">The next byte need not be the first of a message.</param>
    public void Reset(bool isSearching)
    {
        _isSearching = isSearching;
        _doubts = 0;
        Drop();
    }

    /// <summary>Takes the bytes that follow those before, as they were in one segment.</summary>
    public void Feed(ReadOnlySpan<byte> segment, long ticks)
    {
        // What a search carried over may be the end of a message whose start is not in the capture.
        var mayRetry = _isSearching && _lengthBytes > 0;
        var rest = segment;
        while (!rest.IsEmpty)
        {
            if (_lengthBytes < 2)
            {
                TakeLength(ref rest);
                continue;
            }

            if (TryTake(ref rest, ticks))
            {
                mayRetry &= _isSearching;
                continue;
            }

            Drop();
            if (!mayRetry) return;
            mayRetry = false;
            rest = segment;
        }
    }

    private void TakeLength(ref ReadOnlySpan<byte> rest)
    {
        _length = _lengthBytes == 0 ? rest[0] : _length << 8 | rest[0];
        rest = rest[1..];
        _lengthBytes++;
        if (_lengthBytes == 2 && _length == 0) _lengthBytes = 0;
    }

    /// <summary>Takes bytes of a message; false when they are none.</summary>
    private bool TryTake(ref ReadOnlySpan<byte> rest, long ticks)
    {
        var part = rest[..Math.Min(_length - _held, rest.Length)];
        rest = rest[part.Length..];
        if (part.Length < _length) part = Hold(part);
        if (_isSearching && !TryFind(part)) return false;
        return part.Length < _length || TryDeliver(part, ticks);
    }

    private ReadOnlySpan<byte> Hold(ReadOnlySpan<byte> part)
    {
        budget.Grow(ref _buffer, _held, _held + part.Length);
        part.CopyTo(_buffer.AsSpan(_held));
        _held += part.Length;
        return _buffer.AsSpan(0, _held);
    }

    private bool TryFind(ReadOnlySpan<byte> part)
    {
        if (_length < DnsHeader.Length) return false;
        if (part.Length < DnsHeader.Length) return true;
        if (!DnsHeader.IsPlausible(part, _length)) return false;
        _isSearching = false;
        _doubts = MaxDoubts - 1;
        return true;
    }

    private bool TryDeliver(ReadOnlySpan<byte> message, long ticks)
    {
        _doubts = DnsHeader.IsPlausible(message, message.Length) ? 0 : _doubts + 1;
        _isSearching = _doubts >= MaxDoubts;
        sink.OnPacket(new DnsPacket
        {
            Message = message,
            Ticks = ticks,
            Source = flow.Source,
            Destination = flow.Destination,
            SourcePort = flow.SourcePort,
            DestinationPort = flow.DestinationPort,
            Transport = DnsTransport.Tcp,
        });
        Drop();
        return !_isSearching;
    }

    private void Drop()
    {
        if (_buffer is not null) budget.Return(_buffer);
        _buffer = null;
        _held = 0;
        _lengthBytes = 0;
    }
}
