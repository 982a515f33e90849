using System.Text;
using DnsTunnel.ClickHouse;
using DnsTunnel.Names;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests.ClickHouse;

public class ClickHouseStoreTests(ClickHouseFixture fixture) : IClassFixture<ClickHouseFixture>
{
    private static readonly string[] s_captures =
    [
        "tunnels/elastic/iodine.pcap", "tunnels/netrack/dns2tcp_2018-03-23.pcap", "tunnels/korving/c2_dnscat2_bind9_8c2ef973.pcap",
        "tunnels/korving/c2_dns2tcp_bind9_TXT-comp_6892133f.pcap",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Volumes_equal_those_counted_here(bool byClient)
    {
        var queries = Queries();
        using var store = NewStore($"volumes_{byClient}");
        StoreRun.Load(store, queries);
        var local = StoreRun.LocalVolumes(queries, byClient);
        var stored = StoreRun.Volumes(store, byClient);
        StoreRun.AssertEqual(local, stored);
        Assert.Equal(local.Select(v => (v.WindowStart, v.Domain, v.Client)), stored.Select(v => (v.WindowStart, v.Domain, v.Client)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Findings_equal_those_made_here(bool all)
    {
        var queries = Queries();
        using var store = NewStore($"findings_{all}");
        StoreRun.Load(store, queries);
        var local = StoreRun.LocalFindings(queries, all);
        Assert.NotEmpty(local);
        Assert.Equivalent(local, StoreRun.Findings(store, out var read, all), strict: true);
        if (all) Assert.Equal(queries.Count, read);
        else Assert.InRange(read, 1, queries.Count - 1);
    }

    [Fact]
    public void Hostile_names_come_back_as_they_were()
    {
        var names = Hostile.Labels.Select(l => DnsName.ToText(WireName.FromLabels(Encoding.Latin1.GetBytes(l), "bad"u8.ToArray(), "example"u8.ToArray()))).Append(Hostile.Longest).ToList();
        var queries = names.SelectMany(n => new[] { n, n.ToUpperInvariant() }).Select((n, i) => new DnsQuery
        {
            Timestamp = new DateTime(2026, 1, 1, 12, 0, i % 60, DateTimeKind.Utc), QueryName = n, ClientAddress = "192.0.2.1", Answers = [n], UserName = n, Source = n,
        }).ToList();
        using var store = NewStore("hostile");
        StoreRun.Load(store, queries);
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries, true), StoreRun.Volumes(store, true));
        Assert.Equivalent(StoreRun.LocalFindings(queries, all: true), StoreRun.Findings(store, out _, all: true), strict: true);
        using var client = fixture.Server.Client();
        Assert.Equal(
            queries.Select(q => (q.QueryName, q.QueryName, q.QueryName)),
            client.Query("SELECT 1, query_name, answers[1], source FROM hostile.dns_query ORDER BY batch, row", r => (r.ReadString(), r.ReadString(), r.ReadString()), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Subdomains_are_what_stands_before_the_domain()
    {
        string[] names = ["a.B.Example.co.uk", "example.co.uk", "localhost", ".", @"a\.b.\000.example.com"];
        using var store = NewStore("subdomains");
        StoreRun.Load(store, names.Select(n => new DnsQuery { QueryName = n, Timestamp = DateTime.UnixEpoch }));
        using var client = fixture.Server.Client();
        Assert.Equal(
            ["a.B", "", "", "", @"a\.b.\000"],
            client.Query("SELECT 1, subdomain FROM subdomains.dns_query ORDER BY row", r => r.ReadString(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Compressed_rows_are_stored_too()
    {
        using var store = NewStore("compressed");
        using var client = new ClickHouseClient(fixture.Server.Address("compressed").Server, ClickHouseServer.Login) { Compresses = true };
        var batch = new QueryBatch(1);
        var rows = new QueryRowWriter(PublicSuffixList.Default);
        var queries = StoreRun.QueriesOf("tunnels/elastic/iodine.pcap");
        foreach (var query in queries) rows.Write(batch, query);
        await new BatchSender(client, fixture.Server.Address("compressed"), TimeSpan.FromMilliseconds(1)).SendAsync(batch, TestContext.Current.CancellationToken);
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries, true), StoreRun.Volumes(store, true));
    }

    [Fact]
    public void Literals_are_what_they_stand_for()
    {
        foreach (var text in Hostile.Labels.Append("'); DROP DATABASE default; --").Append("ü€😀").Append(string.Empty))
        {
            Assert.Equal(text, fixture.Server.Value(SqlText.Literal(text), r => r.ReadString()));
        }
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a`; DROP TABLE x; --")]
    [InlineData("ü")]
    public void Tables_may_have_any_name(string name)
    {
        using var store = fixture.Server.Store("names", Uri.EscapeDataString(name));
        store.Create(TestContext.Current.CancellationToken);
        store.Check(TestContext.Current.CancellationToken);
        StoreRun.Load(store, [new DnsQuery { QueryName = "a.example.com", Timestamp = DateTime.UnixEpoch.AddDays(1) }]);
        Assert.Single(StoreRun.Volumes(store, false));
    }

    [Fact]
    public void Only_what_was_asked_in_the_range_counts()
    {
        var start = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc).AddTicks(5);
        var queries = Enumerable.Range(0, 10).Select(i => new DnsQuery { QueryName = $"n{i}.example.com", Timestamp = start.AddSeconds(i) }).ToList();
        using var store = NewStore("ranges");
        StoreRun.Load(store, queries);
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries[3..7], false), StoreRun.Volumes(store, false, new QueryRange(start.AddSeconds(3), start.AddSeconds(7))));
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries[4..], false), StoreRun.Volumes(store, false, new QueryRange(start.AddSeconds(3).AddTicks(1), DateTime.MaxValue)));
    }

    [Fact]
    public void Top_is_of_each_window()
    {
        var start = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        var queries = Enumerable.Range(0, 40).Select(i => new DnsQuery { QueryName = $"n{i}.d{i % 10}.com", Timestamp = start.AddMinutes(i % 4 * 15) }).ToList();
        using var store = NewStore("top");
        StoreRun.Load(store, queries);
        var expected = StoreRun.LocalVolumes(queries, false).GroupBy(v => v.WindowStart).SelectMany(w => w.Take(2)).Select(v => (v.WindowStart, v.Domain));
        Assert.Equal(expected, store.Volumes(QueryRange.Always, StoreRun.Window, false, 2, TestContext.Current.CancellationToken).Select(v => (v.WindowStart, v.Domain)));
    }

    private ClickHouseStore NewStore(string database)
    {
        var store = fixture.Server.Store(database);
        store.Create(TestContext.Current.CancellationToken);
        store.Check(TestContext.Current.CancellationToken);
        return store;
    }

    private static List<DnsQuery> Queries() => StoreRun.QueriesOf(s_captures);
}
