using DnsTunnel.Sources;

namespace DnsTunnel.Logs;

/// <summary>Finds the format of a log by its first lines; its name plays no part.</summary>
internal static class LogFormatDetector
{
    // A trace log of a resolver may have hundreds of lines of start-up before its first query.
    private const int MaxSample = 1 << 22;

    private const int DescribedBytes = 48;

    /// <exception cref="SourceFormatException">No line shows a known format.</exception>
    public static DnsLogFormat Detect(ByteSource source)
    {
        var position = 0;
        var isFirst = true;
        for (bool more = true, done = false; !done && position < MaxSample;)
        {
            // More is read only when the lines there do not tell: a log that is followed may have no more yet.
            while (TryTakeLine(source.Available[position..], more, out var line))
            {
                position += line.Length;
                line = line.Trim("\r\n\uFEFF"u8);
                if (DnsLogFormat.Detect(line, isFirst) is { } format) return format;
                isFirst &= line.IsEmpty || line[0] == '#';
            }
            done = !more;
            more = source.TryPeek(source.Available.Length + 1, out _);
        }
        if (source.Available.IsEmpty) throw new SourceFormatException("the file is empty.", 0);
        throw new SourceFormatException($"the file is not a DNS log of a known format: {Describe(source.Available)}.", 0);
    }

    private static bool TryTakeLine(ReadOnlySpan<byte> rest, bool more, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf((byte)'\n');
        line = end >= 0 ? rest[..(end + 1)] : rest;
        return end >= 0 || (!line.IsEmpty && (!more || line.Length > LineReader.MaxLength));
    }

    private static string Describe(ReadOnlySpan<byte> start)
    {
        var first = start[..Math.Min(start.Length, ForeignFile.DescribedBytes)];
        if (first.ContainsAnyInRange((byte)0, (byte)8) || first.ContainsAnyInRange((byte)0x80, byte.MaxValue)) return ForeignFile.Describe(first);
        var line = start[..Math.Min(start.Length, DescribedBytes)].Trim("\r\n \t"u8);
        if (line.IndexOf((byte)'\n') is >= 0 and var end) line = line[..end].TrimEnd((byte)'\r');
        return $"it begins with \"{LogText.Decode(line)}\"";
    }
}
