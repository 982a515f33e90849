using DnsTunnel.Logs;
using DnsTunnel.Sources;

namespace DnsTunnel.Fuzz.Targets;

/// <summary>Logs in a format that is given, and in the one that is found.</summary>
internal static class LogFiles
{
    private static readonly DateTime s_written = new(2026, 6, 5, 12, 0, 0, DateTimeKind.Utc);

    public static long Read(byte[] bytes, DnsLogFormat format) => Read(bytes, new DnsLogOptions { Format = format, LastWritten = s_written });

    private static long Read(byte[] bytes, DnsLogOptions options)
    {
        var queries = 0L;
        try
        {
            using var reader = DnsLogReader.Open(new MemoryStream(bytes), options);
            for (; reader.TryRead(out var query); queries++) CleanText.Check(query);
            if (options.Format is not null) Read(bytes, options with { Format = null });
        }
        catch (SourceFormatException)
        {
        }

        return queries;
    }
}
