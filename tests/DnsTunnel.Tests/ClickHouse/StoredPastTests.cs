using System.Net;
using DnsTunnel.ClickHouse;
using DnsTunnel.History;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.ClickHouse;

/// <summary>What a store tells of a domain afterwards.</summary>
public class StoredPastTests(ClickHouseFixture fixture) : IClassFixture<ClickHouseFixture>
{
    private static readonly DateTime s_start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Queries_come_back_as_they_were()
    {
        List<DnsQuery> queries =
        [
            new()
            {
                Timestamp = s_start.AddTicks(7), ClientAddress = "192.0.2.1", ClientPort = 40000, ServerAddress = "192.0.2.2", ServerPort = 53, Transport = DnsTransport.Tcp, Id = 7,
                QueryName = "A.b.Example.com", QueryType = "TXT", QueryClass = "CH", ResponseCode = "NOERROR", AnswerCount = 2, Answers = ["x'\\\0", ""], QuerySize = 50, ResponseSize = 90,
                RegisteredDomain = "example.com", Subdomain = "A.b", HostName = "host", ProcessId = 12, ProcessName = "p", ProcessPath = "/p", UserName = "u", Source = "s",
            },
            new() { Timestamp = s_start, QueryName = "example.com", QueryType = "A", RegisteredDomain = "example.com", Subdomain = "" },
            new() { Timestamp = s_start, QueryName = "localhost", QueryType = "AAAA" },
        ];
        using var store = NewStore("queries");
        StoreRun.Load(store, queries.Append(new DnsQuery { Timestamp = s_start, QueryName = "a.other.com" }));
        var read = store.Queries(["example.com", "."], QueryRange.Always, TestContext.Current.CancellationToken).ToList();
        Assert.Equal(queries.Count, read.Count);
        for (var i = 0; i < queries.Count; i++)
        {
            foreach (var property in typeof(DnsQuery).GetProperties())
            {
                var (expected, actual) = (property.GetValue(queries[i]), property.GetValue(read[i]));
                Assert.True(Equals(expected, actual) || (expected is null or "" && actual is null or "") || expected is string[], $"{property.Name}: {expected}, {actual}");
            }

            Assert.Equal(queries[i].Answers, read[i].Answers);
        }

        Assert.Single(store.Queries(["example.com"], new QueryRange(s_start, s_start.AddTicks(1)), TestContext.Current.CancellationToken));
        Assert.Equal([".", "example.com", "other.com"], store.Domains(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Domains_are_no_statements()
    {
        using var store = NewStore("hostile_domains");
        foreach (var text in Hostile.Texts)
        {
            Assert.Empty(store.Queries([text], QueryRange.Always, TestContext.Current.CancellationToken));
            Assert.Empty(store.Volumes(text, StoreRun.Window, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Who_was_answered_with_the_same_addresses()
    {
        using var store = NewStore("answers");
        StoreRun.Load(store, [Answered("a.one.com", "192.0.2.1", "2001:db8::1"), Answered("b.two.com", "2001:db8::1"), Answered("c.three.com", "192.0.2.3"), Answered("one.com", "192.0.2.1")]);
        var addresses = Enumerable.Range(0, 2500).Select(i => IPAddress.Parse($"2001:db8:1::{i:x}")).Append(IPAddress.Parse("192.0.2.1")).Prepend(IPAddress.Parse("2001:db8::1"));
        Assert.Equal(
            ["one.com 192.0.2.1", "one.com 2001:db8::1", "two.com 2001:db8::1"],
            store.AnsweredWith(addresses, QueryRange.Always, TestContext.Current.CancellationToken).Select(a => $"{a.Domain} {a.Address}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_days_of_a_domain_equal_those_of_the_history()
    {
        var queries = Enumerable.Range(0, 600).Select(i => new DnsQuery
        {
            Timestamp = s_start.AddMinutes(i * 7), QueryName = $"n{i % 90}.d{i % 3}.com", ClientAddress = $"192.0.2.{i % 5}", ResponseCode = "NOERROR",
        }).ToList();
        using var store = NewStore("days");
        StoreRun.Load(store, queries);
        using var folder = new TemporaryFolder();
        var file = new HistoryFile(folder.File("history.db"));
        var windows = StoreRun.LocalVolumes(queries, byClient: true).GroupBy(v => v.WindowStart, (_, window) => window.ToArray());
        _ = file.Write((connection, transaction) => new HistoryWriter(connection, transaction).Write(windows, []), TestContext.Current.CancellationToken);
        foreach (var domain in (string[])["d0.com", "d2.com"])
        {
            var local = file.Read(connection => new HistoryReader(connection).Find(domain, "here"))!;
            var stored = new StoredHistory(store).Find(domain, null, "there", TestContext.Current.CancellationToken)!;
            Assert.Equivalent(local.Days, stored.Days, strict: true);
            Assert.Equal((local.FirstSeen, "there"), (stored.FirstSeen, stored.HistoryPath));
        }

        Assert.Null(new StoredHistory(store).Find("none.com", null, "there", TestContext.Current.CancellationToken));
    }

    private static DnsQuery Answered(string name, params string[] answers) => new() { Timestamp = s_start, QueryName = name, Answers = answers, AnswerCount = answers.Length };

    private ClickHouseStore NewStore(string database)
    {
        var store = fixture.Server.Store(database);
        store.Create(TestContext.Current.CancellationToken);
        return store;
    }
}
