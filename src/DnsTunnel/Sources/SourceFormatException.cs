namespace DnsTunnel.Sources;

/// <summary>A file is no capture or log, or stops being one at an offset. What was read before stays valid.</summary>
internal sealed class SourceFormatException(string message, long offset, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Where in the (uncompressed) file it went wrong.</summary>
    public long Offset { get; } = offset;
}
