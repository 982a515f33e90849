using DnsTunnel.ClickHouse;
using DnsTunnel.Delivery;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.ClickHouse;

/// <summary>Queries without end, to a real server that comes late, is killed, and comes back.</summary>
public sealed class QueryFeedTests : IDisposable
{
    private static readonly DateTime s_start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly (int Http, int Native) _ports = ClickHouseServer.FreePorts();
    private readonly TemporaryFolder _folder = new();
    private ClickHouseServer? _server;

    private string Outbox => _folder.File("outbox");

    private string[] Waiting => Directory.Exists(Outbox) ? Directory.GetFiles(Outbox, "*.queries") : [];

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Nothing_is_lost_or_doubled_while_the_server_is_away()
    {
        using (var feed = Open())
        {
            for (var batch = 0; batch < 3; batch++) Feed(feed, batch, 100);
            Until(() => feed.TakeTroubles().Any());
            Assert.Equal(3, Waiting.Length);
            StartServer();
            WaitForRows(300);
            for (var batch = 3; batch < 23; batch++)
            {
                Feed(feed, batch, 100);
                if (batch % 8 != 5) continue;
                _server!.Kill();
                Feed(feed, batch + 100, 100);
                _server.Restart();
            }

            WaitForRows(2600);
            Until(() => Waiting.Length == 0);
            Assert.Equal(0, feed.Lost);
        }

        Assert.Equal(2600, _server!.Value("uniqExact(query_name) FROM dns.dns_query", r => r.ReadInt64()));
        using var client = _server.Client();
        // Batches are in any order, rows of one in that in which they came.
        var batches = client.Query("SELECT 1, query_name FROM dns.dns_query ORDER BY batch, row", r => r.ReadString(), TestContext.Current.CancellationToken).Chunk(100);
        Assert.All(batches, names => Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{names[0].Split('-')[0]}-{i}.example.com"), names));
    }

    /// <summary>Killed after the server had it, and before the file was removed.</summary>
    [Fact]
    public void A_batch_that_is_sent_again_by_the_next_process_is_stored_once()
    {
        using (var feed = Open()) Feed(feed, 0, 1000);
        var (file, content) = (Assert.Single(Waiting), File.ReadAllBytes(Assert.Single(Waiting)));
        StartServer();
        using (Open()) Until(() => Waiting.Length == 0);
        Assert.Equal(1000, Rows());
        // A part of it, as behind a Distributed table, is completed.
        _server!.Execute("CREATE TABLE dns.part AS dns.dns_query");
        _server.Execute("INSERT INTO dns.part SELECT * FROM dns.dns_query WHERE row % 3 != 0");
        _server.Execute("RENAME TABLE dns.dns_query TO dns.whole, dns.part TO dns.dns_query");
        Assert.Equal(666, Rows());
        for (var i = 0; i < 2; i++)
        {
            File.WriteAllBytes(file, content);
            using (Open()) Until(() => Waiting.Length == 0);
            Assert.Equal(1000, Rows());
        }

        Assert.Equal(1000, _server.Value("uniqExact(query_name) FROM dns.dns_query", r => r.ReadInt64()));
    }

    [Fact]
    public void A_log_that_is_read_again_is_stored_once()
    {
        StartServer();
        for (var run = 1; run <= 3; run++)
        {
            using var feed = Open(rereads: true);
            for (var i = 0; i < run * 100; i++) feed.Add(Query(0, i, s_start.AddSeconds(i / 30)));
            feed.Complete();
            WaitForRows(run * 100);
        }

        Assert.Equal(300, _server!.Value("uniqExact(query_name) FROM dns.dns_query", r => r.ReadInt64()));
    }

    [Fact]
    public void Queries_wait_while_the_table_is_missing()
    {
        StartServer();
        _server!.Execute("RENAME TABLE dns.dns_query TO dns.away");
        using var feed = Open();
        Feed(feed, 0, 10);
        var trouble = string.Empty;
        Until(() => (trouble = feed.TakeTroubles().FirstOrDefault() ?? string.Empty).Length > 0);
        Assert.Contains("doesn't exist", trouble, StringComparison.Ordinal);
        Assert.DoesNotContain(ClickHouseServer.Password, trouble, StringComparison.Ordinal);
        _server.Execute("RENAME TABLE dns.away TO dns.dns_query");
        WaitForRows(10);
    }

    [Fact]
    public void A_full_outbox_loses_what_comes_and_says_so()
    {
        var receiver = new QueryReceiver(new BatchSender(new ClickHouseClient(Address.Server, ClickHouseServer.Login), Address, TimeSpan.Zero), "here", Outbox);
        using var feed = new QueryFeed(receiver, new Outbox(Outbox, receiver.FileExtension, maxBytes: 200_000), rereads: false, retries: 0);
        for (var batch = 0; batch < 20; batch++) Feed(feed, batch, 1000);
        Assert.InRange(feed.Lost, 1000, 19_000);
        Assert.InRange(Waiting.Sum(f => new FileInfo(f).Length), 1, 200_000);
        Assert.Single(feed.TakeTroubles(), t => t.Contains("is full", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_was_cut_holds_nothing_up()
    {
        using (var feed = Open()) Feed(feed, 0, 100);
        var file = Assert.Single(Waiting);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^20]);
        using (var feed = Open()) Feed(feed, 1, 100);
        StartServer();
        using (Open(rereads: true)) WaitForRows(100);
        Assert.True(File.Exists(Path.Combine(Outbox, "refused", Path.GetFileName(file))));
    }

    private ClickHouseAddress Address => new(new Uri($"http://127.0.0.1:{_ports.Http}/dns"));

    private ClickHouseStore Store() => new(Address, ClickHouseServer.Login);

    private QueryFeed Open(bool rereads = false) => Store().OpenFeed(Outbox, rereads, retries: 1);

    private static void Feed(QueryFeed feed, int batch, int count)
    {
        for (var i = 0; i < count; i++) feed.Add(Query(batch, i, s_start.AddSeconds(i)));
        feed.Complete();
    }

    private static DnsQuery Query(int batch, int number, DateTime time) => new() { Timestamp = time, QueryName = Name(batch, number), ClientAddress = "192.0.2.1", Source = "/var/log/dns.log" };

    private static string Name(int batch, int number) => $"n{batch}-{number}.example.com";

    private void StartServer()
    {
        _server = new ClickHouseServer(_ports);
        using var store = Store();
        store.Create(TestContext.Current.CancellationToken);
    }

    private long Rows() => _server!.Value("count() FROM dns.dns_query", r => r.ReadInt64());

    private void WaitForRows(long count)
    {
        Until(() => Rows() >= count);
        Assert.Equal(count, Rows());
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(50);
        return condition();
    }, s_limit));
}
