using DnsTunnel.ClickHouse;
using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Tests.Detection;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.ClickHouse;

/// <summary>The same queries through a store and through this process.</summary>
internal static class StoreRun
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>A capture among names of ordinary domains, which are no candidates.</summary>
    public static List<DnsQuery> QueriesOf(params string[] captures)
    {
        var queries = captures.SelectMany(c => CaptureRun.Queries(SharedData.Path(c))).ToList();
        var first = queries[0];
        for (var i = 0; i < 400; i++)
        {
            queries.Add(new DnsQuery { QueryName = $"www.site{i % 200}.com", Timestamp = first.Timestamp.AddSeconds(i), ClientAddress = first.ClientAddress, ResponseCode = "NOERROR" });
        }

        return queries;
    }

    public static void Load(IQueryStore store, IEnumerable<DnsQuery> queries)
    {
        var loader = store.OpenLoader(default);
        foreach (var query in queries) loader.Add(query);
        loader.Complete();
    }

    public static List<DomainVolume> Volumes(IQueryStore store, bool byClient, QueryRange? range = null) =>
        [.. store.Volumes(range ?? QueryRange.Always, Window, byClient, int.MaxValue, default)];

    public static List<DomainVolume> LocalVolumes(IEnumerable<DnsQuery> queries, bool byClient) => [.. Count(queries, byClient).GetVolumes()];

    public static List<DnsTunnelFinding> Findings(IQueryStore store, out long read, bool all = false)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, Window, byClient: true, exceptions: ExceptionList.BuiltIn);
        read = store.Read(aggregator, QueryRange.Always, Window, all, default);
        return Judge(aggregator, all);
    }

    public static List<DnsTunnelFinding> LocalFindings(IEnumerable<DnsQuery> queries, bool all = false) => Judge(Count(queries, byClient: true), all);

    /// <summary>What was asked for often enough to be sampled is within the error that is stated; all else is the same.</summary>
    public static void AssertEqual(IReadOnlyList<DomainVolume> local, IReadOnlyList<DomainVolume> stored)
    {
        Assert.Equal(local.Count, stored.Count);
        var byKey = stored.ToDictionary(v => (v.WindowStart, v.Domain, v.Client));
        foreach (var expected in local)
        {
            var actual = byKey[(expected.WindowStart, expected.Domain, expected.Client)];
            if (actual.UniqueNames <= NameSketch.MaxCount)
            {
                Assert.Equal(expected.UniqueNames, actual.UniqueNames);
                Assert.Equal(expected.UniqueNameBytes, actual.UniqueNameBytes);
            }

            var tolerance = actual.UniqueNames <= NameSketch.MaxCount / 2 ? 0 : expected.InformationBytes / 20;
            Assert.InRange(actual.InformationBytes, expected.InformationBytes - tolerance, expected.InformationBytes + tolerance);
            Assert.InRange(actual.UniqueNames, expected.UniqueNames * 0.95, expected.UniqueNames * 1.05);
            Assert.Equal(expected.QueryTypes, actual.QueryTypes);
            Assert.Equal(
                (expected.WindowEnd, expected.QueryCount, expected.ClientCount, expected.NxDomainCount, expected.MaxNameLength, expected.QueryBytes, expected.ResponseBytes, expected.FirstSeen, expected.LastSeen),
                (actual.WindowEnd, actual.QueryCount, actual.ClientCount, actual.NxDomainCount, actual.MaxNameLength, actual.QueryBytes, actual.ResponseBytes, actual.FirstSeen, actual.LastSeen));
        }
    }

    private static VolumeAggregator Count(IEnumerable<DnsQuery> queries, bool byClient)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, Window, byClient, exceptions: ExceptionList.BuiltIn);
        var counter = new VolumeCounter(aggregator);
        foreach (var query in queries) counter.Add(query);
        return aggregator;
    }

    private static List<DnsTunnelFinding> Judge(VolumeAggregator aggregator, bool all) => new TunnelDetector(new Judge(TunnelModel.Default, 50), all).Detect(aggregator, default);
}
