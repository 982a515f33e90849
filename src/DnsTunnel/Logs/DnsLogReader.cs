using System.Diagnostics.CodeAnalysis;
using DnsTunnel.Sources;

namespace DnsTunnel.Logs;

/// <summary>Reads the queries of one log, compressed or not, in constant memory.</summary>
internal sealed class DnsLogReader : IDisposable
{
    private readonly ByteSource _source;
    private readonly ByteSource _text;
    private readonly LineReader _lines;
    private readonly LogContext _context;
    private readonly LogParser _parser;
    private SourceFormatException? _error;
    private bool _ended;

    private DnsLogReader(ByteSource source, DnsLogOptions options)
    {
        _source = source;
        _text = SourceText.Open(source);
        Format = options.Format ?? LogFormatDetector.Detect(_text);
        Statistics = new LogStatistics { Source = options.Source, Format = Format.Name };
        _lines = new LineReader(_text, Format.Terminator);
        var clock = new LogClock(options.TimeZone, options.LastWritten ?? DateTime.UtcNow);
        _context = new LogContext(options.Source, clock, Statistics);
        _parser = Format.Open(_context);
    }

    /// <summary>The format the log is read as.</summary>
    public DnsLogFormat Format { get; }

    /// <summary>What was read so far.</summary>
    public LogStatistics Statistics { get; }

    /// <summary>Bytes of the file as stored (compressed when it is) and how many of them were read: for progress. 0 for a pipe.</summary>
    public long Length => _source.Length;

    /// <inheritdoc cref="Length"/>
    public long Position => _source.Position;

    /// <summary>Opens a log; its format is found out by its content when the options do not name it.</summary>
    /// <exception cref="SourceFormatException">It has no known format.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static DnsLogReader Open(string path, DnsLogOptions? options = null)
    {
        options ??= new DnsLogOptions();
        return OpenOwn(ByteSource.Open(path), options with
        {
            Source = options.Source ?? path,
            LastWritten = options.LastWritten ?? File.GetLastWriteTimeUtc(path),
        });
    }

    /// <summary>Opens a log that lies in a stream, and takes the stream over.</summary>
    /// <inheritdoc cref="Open(string, DnsLogOptions?)"/>
    public static DnsLogReader Open(Stream stream, DnsLogOptions? options = null) => OpenOwn(new ByteSource(stream), options ?? new DnsLogOptions());

    /// <summary>Opens a log, and takes the source over when it is one.</summary>
    /// <inheritdoc cref="Open(string, DnsLogOptions?)"/>
    public static DnsLogReader Open(ByteSource source, DnsLogOptions options) => new(source, options);

    /// <summary>Reads the next query; false at the end. A line that cannot be read is counted and passed over.</summary>
    /// <exception cref="SourceFormatException">The compressed file is cut or corrupt from here on, or the log has no header.</exception>
    public bool TryRead([NotNullWhen(true)] out DnsQuery? query)
    {
        while (!_context.Ready.TryDequeue(out query))
        {
            if (_error is not null) throw _error;
            if (_ended) return false;
            Advance();
        }
        return true;
    }

    /// <summary>
    /// Takes a query that has waited for its answer long enough, while a log that is followed has no more to read; false when there is none.
    /// </summary>
    public bool TryReadOverdue([NotNullWhen(true)] out DnsQuery? query)
    {
        foreach (var joiner in _context.Joiners) joiner.EmitOverdue();
        return _context.Ready.TryDequeue(out query);
    }

    public void Dispose()
    {
        _text.Dispose();
        _source.Dispose();
    }

    private static DnsLogReader OpenOwn(ByteSource source, DnsLogOptions options)
    {
        try
        {
            return Open(source, options);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private void Advance()
    {
        try
        {
            if (_lines.TryRead(out var line, out var tooLong))
            {
                Statistics.CountLine(tooLong ? LogLineStatus.TooLong : _parser.Parse(Trim(line)));
                return;
            }
        }
        catch (SourceFormatException e)
        {
            _error = e;
        }
        _ended = true;
        _parser.Complete();
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (line is [0xef, 0xbb, 0xbf, ..]) line = line[3..];
        while (line is [.., (byte)'\r' or (byte)'\n']) line = line[..^1];
        return line;
    }
}
