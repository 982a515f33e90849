using DnsTunnel.Export;
using DnsTunnel.Tests.Logs;

namespace DnsTunnel.Tests.Export;

/// <summary>Writes queries and reads them back.</summary>
internal static class RoundTrip
{
    /// <summary>What Zeek's dns.log has no columns for: the only differences there may be.</summary>
    public static readonly string[] NotInZeek =
    [
        nameof(DnsQuery.QuerySize), nameof(DnsQuery.ResponseSize), nameof(DnsQuery.HostName), nameof(DnsQuery.ProcessId),
        nameof(DnsQuery.ProcessName), nameof(DnsQuery.ProcessPath), nameof(DnsQuery.UserName),
    ];

    public static byte[] Write(IEnumerable<DnsQuery> queries, DnsQueryFormat format)
    {
        var stream = new MemoryStream();
        using (var writer = Open(stream, format))
        {
            foreach (var query in queries) writer.Write(query);
        }
        return stream.ToArray();
    }

    public static LogContent Read(byte[] file)
    {
        var content = LogContent.Read(file);
        Assert.Null(content.Error);
        Assert.Empty(content.Statistics!.FirstBad);
        return content;
    }

    /// <summary>Every property but Source is the same, and but those that the format cannot hold: these are empty.</summary>
    public static void Check(IReadOnlyList<DnsQuery> queries, DnsQueryFormat format)
    {
        var read = Read(Write(queries, format)).Queries;
        Assert.Equal(queries.Count, read.Count);
        string[] lost = format == DnsQueryFormat.ZeekTsv ? NotInZeek : [];
        foreach (var property in typeof(DnsQuery).GetProperties().Where(p => p.Name != nameof(DnsQuery.Source)))
        {
            var empty = property.GetValue(new DnsQuery());
            for (var i = 0; i < queries.Count; i++)
            {
                var expected = lost.Contains(property.Name) ? empty : property.GetValue(queries[i]);
                var actual = property.GetValue(read[i]);
                if (expected is string[] texts) Assert.Equal(texts, (string[])actual!);
                else if (!Equals(expected, actual)) Assert.Fail($"{property.Name} of query {i} ({queries[i].QueryName}): '{expected}' became '{actual}'");
            }
        }
    }

    private static QueryWriter Open(Stream stream, DnsQueryFormat format) =>
        format == DnsQueryFormat.ZeekTsv ? new ZeekQueryWriter(stream, DateTime.UnixEpoch) : new EcsQueryWriter(stream);
}
