namespace DnsTunnel.Sources;

/// <summary>The bytes of a file as they are stored, which may be looked at before they are read and taken back after.</summary>
internal sealed class StoredStream(Stream stream) : ForwardStream
{
    private const int BufferSize = 1 << 16;

    // Large reads of an uncompressed file go past the buffer: no second copy.
    private const int DirectRead = 1 << 18;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private int _lastRead;
    private long _position;

    /// <summary>Length when the file was opened; 0 for a pipe.</summary>
    public override long Length { get; } = stream.CanSeek ? stream.Length : 0;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>The next bytes without reading them: as many as asked for, fewer only at the end of the file.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_buffer.Length - _start < count) Compact();
        while (_end - _start < count)
        {
            var read = stream.Read(_buffer.AsSpan(_end));
            if (read == 0) break;
            _end += read;
        }
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Passes over bytes that were peeked at.</summary>
    public void Skip(int count)
    {
        _start += count;
        _position += count;
        _lastRead = 0;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            if (buffer.Length >= DirectRead)
            {
                var direct = stream.Read(buffer);
                _position += direct;
                _lastRead = 0;
                return direct;
            }
            var filled = stream.Read(_buffer);
            if (filled == 0) return 0;
            _start = 0;
            _end = filled;
        }
        // Half the buffer at most, so that a read taken back leaves room to peek past it.
        var count = Math.Min(Math.Min(buffer.Length, BufferSize / 2), _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        _position += count;
        _lastRead = count;
        return count;
    }

    /// <summary>Takes the last read of the buffer back, and says how many bytes that were.</summary>
    public int Unread()
    {
        var count = _lastRead;
        _start -= count;
        _position -= count;
        _lastRead = 0;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }

    private void Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        _lastRead = 0;
    }
}
