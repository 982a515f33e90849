using DnsTunnel.ClickHouse;

namespace DnsTunnel.Tests.ClickHouse;

/// <summary>Two servers as one cluster, behind a Distributed table of the first.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly ClickHouseServer[] _servers;

    public ClusterTests()
    {
        var ports = Enumerable.Range(0, 2).Select(_ => ClickHouseServer.FreePorts()).ToArray();
        int[] shards = [.. ports.Select(p => p.Native)];
        _servers = [.. ports.Select(p => new ClickHouseServer(p, shards))];
        foreach (var server in _servers)
        {
            using var store = server.Store("dns");
            store.Create(TestContext.Current.CancellationToken);
        }

        _servers[0].Execute($"CREATE TABLE dns.dns_query_all AS dns.dns_query ENGINE = Distributed({ClickHouseServer.Cluster}, dns, dns_query, rand())");
    }

    [Fact]
    public void Counts_and_finds_as_one_computer_does()
    {
        var queries = Queries();
        using var store = Store();
        store.Check(TestContext.Current.CancellationToken);
        StoreRun.Load(store, queries);
        Assert.All(_servers, s => Assert.InRange(Rows(s), 1, queries.Count - 1));
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries, true), StoreRun.Volumes(store, true));
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries, false), StoreRun.Volumes(store, false));
        Assert.Equivalent(StoreRun.LocalFindings(queries), StoreRun.Findings(store, out _), strict: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_server_that_is_killed_and_comes_back_loses_and_doubles_nothing(int killed)
    {
        var queries = Queries();
        using var store = Store();
        var loader = store.OpenLoader(TestContext.Current.CancellationToken);
        var server = _servers[killed];
        // Batches of their own, so that there are some before, while and after the server is away.
        foreach (var query in queries[..1000]) loader.Add(query);
        loader.Complete();
        var loading = Task.Run(() =>
        {
            foreach (var query in queries[1000..])
            {
                loader.Add(query);
                if (Random.Shared.Next(1000) == 0) loader.Complete();
            }

            loader.Complete();
        }, TestContext.Current.CancellationToken);
        while (!loading.IsCompleted && Rows(server) == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            server.Kill();
            await Task.Delay(300, TestContext.Current.CancellationToken);
            server.Restart();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await loading;
        Assert.Equal(queries.Count, loader.Stored);
        Assert.Equal(queries.Count, _servers.Sum(Rows));
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries, true), StoreRun.Volumes(store, true));
    }

    public void Dispose()
    {
        foreach (var server in _servers) server.Dispose();
    }

    private ClickHouseStore Store() => _servers[0].Store("dns", "dns_query_all");

    private static long Rows(ClickHouseServer server) => server.Value("count() FROM dns.dns_query", r => r.ReadInt64());

    private static List<DnsQuery> Queries() =>
        StoreRun.QueriesOf("tunnels/korving/c2_dnscat2_bind9_8c2ef973.pcap", "tunnels/netrack/dns2tcp_2018-03-23.pcap", "tunnels/elastic/iodine.pcap");
}
