using System.Diagnostics;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Sources;

namespace DnsTunnel.Tests.Queries;

/// <summary>Every broken or odd capture of shared/data/malformed, from file to query.</summary>
public class MalformedCaptureTests
{
    private const long MaxBytes = 64L << 20;

    public static TheoryData<string, string> Files()
    {
        var rows = new TheoryData<string, string>();
        var table = SharedData.Root is null ? [] : File.ReadLines(Path.Combine(SharedData.Root, "malformed/EXPECTED.tsv")).Skip(1);
        foreach (var row in table.Select(l => l.Split('\t')).Where(r => r[0].Contains(".pcap", StringComparison.Ordinal))) rows.Add(row[0], row[2]);
        if (rows.Count == 0) rows.Add("EXPECTED.tsv", "error");
        return rows;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Ends_as_expected_in_bounded_time_and_memory(string file, string expected)
    {
        var path = SharedData.Path("malformed/" + file);
        var queries = new List<DnsQuery>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var (error, statistics) = Read(path, queries);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
        switch (expected.Split(' ', ',')[0])
        {
            case "error":
                Assert.NotNull(error);
                Assert.Empty(queries);
                break;
            case "partial":
                // "partial or ok", "partial or skip": both are right.
                if (expected == "partial") Assert.NotNull(error);
                break;
            case "skip":
                Assert.Null(error);
                Assert.NotNull(statistics);
                Assert.NotEqual(0, statistics.MalformedMessages + statistics.UnreadablePackets + (statistics.Requests == 2 ? 1 : 0));
                break;
            default:
                Assert.Null(error);
                break;
        }

        Assert.All(queries, q => Assert.All(q.QueryName, c => Assert.InRange(c, '!', '~')));
    }

    private static (SourceFormatException? Error, CaptureStatistics? Statistics) Read(string path, List<DnsQuery> queries)
    {
        CaptureStatistics? statistics = null;
        try
        {
            using var file = QueryFile.Open(path, new QueryBuilder(PublicSuffixList.Default, path, queries.Add), new QueryFileOptions());
            statistics = (CaptureStatistics)file.Statistics;
            try
            {
                while (file.TryAdvance())
                {
                }
            }
            finally
            {
                file.Complete();
            }

            return (null, statistics);
        }
        catch (SourceFormatException e)
        {
            return (e, statistics);
        }
    }
}
