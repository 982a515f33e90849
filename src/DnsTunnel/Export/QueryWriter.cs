using System.Buffers;

namespace DnsTunnel.Export;

/// <summary>Writes queries as lines of one format. Each line goes to the stream whole, so that an export that is stopped stays valid.</summary>
internal abstract class QueryWriter(Stream output) : IDisposable
{
    /// <summary>Whoever follows the file, or finds it after a crash, is no further behind than this while queries come.</summary>
    private const long FlushMilliseconds = 1000;

    private long _flushed = Environment.TickCount64;
    private bool _disposed;

    /// <summary>The line that is being written.</summary>
    protected ArrayBufferWriter<byte> Line { get; } = new(1 << 12);

    /// <summary>Opens a file for writing; .gz and .zst at the end of its name compress.</summary>
    /// <exception cref="IOException">It cannot be written, or exists and the mode does not want that.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static QueryWriter Open(string path, DnsQueryFormat format, FileMode mode)
    {
        var stream = ExportFile.Open(path, mode);
        try
        {
            return format == DnsQueryFormat.ZeekTsv ? new ZeekQueryWriter(stream, DateTime.Now) : new EcsQueryWriter(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Write(DnsQuery query)
    {
        WriteLine(query);
        Send();
        var now = Environment.TickCount64;
        if (now - _flushed < FlushMilliseconds) return;
        _flushed = now;
        output.Flush();
    }

    /// <summary>Writes what belongs at the end and closes the file.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            Complete();
        }
        finally
        {
            output.Dispose();
        }
    }

    protected static DateTime Utc(DateTime time) =>
        time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);

    protected abstract void WriteLine(DnsQuery query);

    protected virtual void Complete()
    {
    }

    /// <summary>Sends the line, or lines, on.</summary>
    protected void Send()
    {
        output.Write(Line.WrittenSpan);
        Line.ResetWrittenCount();
    }
}
