using System.Text;
using DnsTunnel.Logs;
using DnsTunnel.Sources;

namespace DnsTunnel.Tests.Logs;

/// <summary>All that a reader gives of a log.</summary>
internal sealed record LogContent(List<DnsQuery> Queries, LogStatistics? Statistics, SourceFormatException? Error)
{
    public static LogContent Read(string path) => Read(() => DnsLogReader.Open(path));

    public static LogContent Read(byte[] bytes, DnsLogOptions? options = null) => Read(() => DnsLogReader.Open(new MemoryStream(bytes), options));

    public static LogContent ReadText(string text, DnsLogOptions? options = null) => Read(Encoding.Latin1.GetBytes(text), options);

    /// <summary>The one query of a log.</summary>
    public static DnsQuery One(string text, DnsLogOptions? options = null)
    {
        var content = ReadText(text, options);
        Assert.Null(content.Error);
        Assert.Empty(content.Statistics!.FirstBad);
        return Assert.Single(content.Queries);
    }

    private static LogContent Read(Func<DnsLogReader> open)
    {
        var queries = new List<DnsQuery>();
        LogStatistics? statistics = null;
        try
        {
            using var reader = open();
            statistics = reader.Statistics;
            while (reader.TryRead(out var query)) queries.Add(query);
            Assert.Equal(queries.Count, statistics.Queries);
            return new LogContent(queries, statistics, null);
        }
        catch (SourceFormatException e)
        {
            return new LogContent(queries, statistics, e);
        }
    }
}
