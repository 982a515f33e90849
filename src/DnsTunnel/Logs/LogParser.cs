using DnsTunnel.Sources;

namespace DnsTunnel.Logs;

/// <summary>Reads the lines of one log of one format; queries go to the context, sooner or later.</summary>
internal abstract class LogParser(LogContext context)
{
    protected LogContext Context { get; } = context;

    /// <summary>Reads a line without its end. Whatever is in it, nothing is thrown but what the format cannot go on without.</summary>
    /// <exception cref="SourceFormatException">The file cannot be read in this format at all.</exception>
    public abstract LogLineStatus Parse(ReadOnlySpan<byte> line);

    /// <summary>Emits the queries that wait for an answer.</summary>
    public virtual void Complete()
    {
    }
}
