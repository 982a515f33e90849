using DnsTunnel.Capture;
using DnsTunnel.Dnstap;
using DnsTunnel.Logs;
using DnsTunnel.Sources;

namespace DnsTunnel.Queries;

/// <summary>Reads the queries of one file, capture or log, step by step into a sink.</summary>
internal abstract class QueryFile : IDisposable
{
    /// <summary>The file.</summary>
    public abstract string Path { get; }

    /// <summary>What was read so far; its text is one line for people.</summary>
    public abstract SourceStatistics Statistics { get; }

    /// <summary>Called after queries came though nothing was read: those of a followed log that had waited for their answers.</summary>
    public Action? AfterIdle { get; set; }

    /// <summary>How much of the file was read, 0 to 100.</summary>
    public int PercentComplete => Length <= 0 ? 0 : (int)Math.Min(100, 100 * Position / Length);

    /// <summary>Whether it has a size: pipes have none.</summary>
    public bool HasEnd => Length > 0;

    protected abstract long Length { get; }

    protected abstract long Position { get; }

    /// <summary>Opens a file; what it is shows in its content.</summary>
    /// <exception cref="SourceFormatException">It is of no kind that is wanted.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static QueryFile Open(string path, IQuerySink sink, QueryFileOptions options)
    {
        var followed = options.Follows ? new FollowedFile(path, fromEnd: false, options.Cancellation) : null;
        var source = followed is null ? ByteSource.Open(path, options.Cancellation) : new ByteSource(followed);
        try
        {
            var isCapture = CaptureReader.IsCapture(source);
            if (isCapture && !options.Kinds.HasFlag(QueryFileKinds.Capture))
            {
                throw new SourceFormatException("the file is a packet capture, not a log; Start-DnsCapture -Path reads it.", 0);
            }

            var isDnstap = !isCapture && (options.Log.Format is { } format ? format.IsBinary : FrameStreamReader.IsFrameStream(source));
            if (isDnstap && !options.Kinds.HasFlag(QueryFileKinds.Log))
            {
                throw new SourceFormatException("the file is a dnstap stream, not a packet capture; Import-DnsLog reads it.", 0);
            }

            if (isDnstap) return new DnstapQueryFile(source, path, sink);
            if (isCapture || options.Kinds == QueryFileKinds.Capture) return new CaptureQueryFile(source, path, sink, options);
            var log = new LogQueryFile(source, path, sink, options.Log with { Source = path, LastWritten = options.Log.LastWritten ?? File.GetLastWriteTimeUtc(path) });
            if (followed is not null) followed.Idle = log.TakeOverdue + options.AtEnd;
            return log;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reads one packet or line; false at the end.</summary>
    /// <exception cref="SourceFormatException">The file is cut or corrupt from here on.</exception>
    public abstract bool TryAdvance();

    /// <summary>Hands on what still waits for an answer; call at the end, after an error too.</summary>
    public abstract void Complete();

    public abstract void Dispose();
}
