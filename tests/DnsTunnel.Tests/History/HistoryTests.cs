using DnsTunnel.History;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.History;

/// <summary>What the history keeps of runs.</summary>
public sealed class HistoryTests : IDisposable
{
    private static readonly DateTime s_start = new(2024, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    private HistoryFile History => new(_folder.File("history.db"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_domain_is_kept_by_day()
    {
        Write([Volume("a.example", 0, 10), Volume("a.example", 1, 5), Volume("b.example", 24 * 4, 7)]);
        var domain = Find("a.example")!;
        Assert.Equal((15L, 1), (domain.QueryCount, domain.DayCount));
        Assert.Equal((s_start, s_start.AddMinutes(29)), (domain.FirstSeen, domain.LastSeen));
        Assert.Equal(s_start.Date, domain.Days[0].Day);
        Assert.Null(Find("c.example"));
        Assert.Equal(["a.example", "b.example"], History.Read(c => new HistoryReader(c).Domains()));
    }

    [Fact]
    public void Clients_of_a_window_are_added_up()
    {
        Write([Volume("a.example", 0, 10, client: "192.0.2.1"), Volume("a.example", 0, 5, client: "192.0.2.2")]);
        Assert.Equal((15L, 2L), (Find("a.example")!.QueryCount, Find("a.example")!.Days[0].ClientCount));
    }

    /// <summary>A schedule reads the last 45 minutes every 15.</summary>
    [Fact]
    public void Runs_that_overlap_count_nothing_twice()
    {
        Write([Volume("a.example", 0, 10), Volume("a.example", 1, 20)]);
        Write([Volume("a.example", 1, 20), Volume("a.example", 2, 30)]);
        Write([Volume("a.example", 1, 20), Volume("a.example", 2, 30)]);
        Assert.Equal(60, Find("a.example")!.QueryCount);
    }

    [Fact]
    public void Windows_of_another_length_count_nothing_twice()
    {
        Write([Volume("a.example", 0, 10), Volume("a.example", 1, 20)]);
        Write([Volume("a.example", 0, 30, minutes: 60)]);
        Assert.Equal(30, Find("a.example")!.QueryCount);
    }

    [Fact]
    public void Old_windows_become_days_and_very_old_days_go()
    {
        Write([Volume("a.example", 0, 10), Volume("a.example", 1, 20)]);
        Write([Volume("b.example", 96 * 5, 1)]);
        Assert.Equal(30, Find("a.example")!.QueryCount);
        Assert.Equal(0, Count("SELECT count(*) FROM bucket WHERE seconds < 86400 AND domain = (SELECT id FROM domain WHERE name = 'a.example')"));

        // The old capture once more.
        Write([Volume("a.example", 0, 10), Volume("a.example", 1, 20)]);
        Assert.Equal(30, Find("a.example")!.QueryCount);

        Write([Volume("b.example", 96 * 500, 1)]);
        Assert.Equal((0, s_start), (Find("a.example")!.DayCount, Find("a.example")!.FirstSeen));
    }

    [Fact]
    public void A_finding_has_a_life()
    {
        Write([Volume("t.example", 0, 10)], Finding(0));
        Assert.Equal(DnsTunnelFindingStatus.New, Status());
        Write([Volume("t.example", 0, 10)], Finding(0));
        Assert.Equal(DnsTunnelFindingStatus.New, Status());
        Write([Volume("t.example", 1, 10)], Finding(1));
        Assert.Equal(DnsTunnelFindingStatus.Ongoing, Status());
        Write([Volume("a.example", 95, 10)]);
        Assert.Equal(DnsTunnelFindingStatus.Ongoing, Status());
        Write([Volume("a.example", 98, 10)]);
        Assert.Equal(DnsTunnelFindingStatus.Closed, Status());
        // Old data is no news.
        Write([Volume("t.example", 0, 10)], Finding(0));
        Assert.Equal(DnsTunnelFindingStatus.Closed, Status());
        Write([Volume("t.example", 100, 10)], Finding(100));
        Assert.Equal(DnsTunnelFindingStatus.New, Status());
        Write([Volume("t.example", 101, 10)], Finding(101, isTunnel: false, exception: "mine"));
        Assert.Equal(DnsTunnelFindingStatus.Suppressed, Status());
        Write([Volume("t.example", 102, 10)], Finding(102));
        Assert.Equal(DnsTunnelFindingStatus.New, Status());

        var finding = Assert.Single(Find("t.example")!.Findings);
        Assert.Equal((s_start, s_start.AddMinutes(102 * 15)), (finding.FirstSeen, finding.LastSeen));
        Assert.Null(finding.Exception);
    }

    [Fact]
    public void The_exception_that_covered_a_part_of_a_finding_is_kept()
    {
        Write([Volume("t.example", 0, 10)], Finding(0, exception: "mine"));
        var finding = Assert.Single(Find("t.example")!.Findings);
        Assert.Equal((DnsTunnelFindingStatus.New, "mine"), (finding.Status, finding.Exception));
    }

    /// <summary>A log with a wrong clock, or a file that somebody made, must not age out what is held.</summary>
    [Fact]
    public void Queries_of_the_future_age_nothing_out()
    {
        Write([Volume("now.example", (int)((DateTime.UtcNow - s_start).TotalMinutes / 15), 1)]);
        Write([Volume("far.example", 96 * 365 * 50, 1)]);
        Assert.Equal(1, Find("now.example")!.DayCount);
    }

    [Fact]
    public void Beyond_its_size_the_oldest_days_go()
    {
        var maxBytes = 300_000L;
        foreach (var day in Enumerable.Range(0, 40))
        {
            Write([.. Enumerable.Range(0, 400).Select(i => Volume($"{i}-{(i < 200 ? day : 0)}.example", 96 * day, 1))], maxBytes);
        }

        Assert.InRange(Count("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size"), maxBytes / 4, maxBytes);
        Assert.Null(Find("0-0.example"));
        Assert.Equal(1, Find("0-39.example")!.DayCount);
        Assert.Equal(s_start.AddDays(39).Date, Find("300-0.example")!.Days[^1].Day);
    }

    [Fact]
    public void Hostile_names_are_values()
    {
        var names = Hostile.Labels.Select(label => Hostile.Below(label).Text).Append("x'); DROP TABLE domain; --.example").ToArray();
        Write([.. names.Select((name, i) => Volume(name, i, 1))]);
        Assert.All(names, name => Assert.Equal(1, Find(name)!.QueryCount));
    }

    private void Write(DomainVolume[] volumes, params DnsTunnelFinding[] findings) => Write(volumes, 1L << 30, findings);

    private void Write(DomainVolume[] volumes, long maxBytes, params DnsTunnelFinding[] findings) => Assert.Null(History.Write(
        (connection, transaction) => new HistoryWriter(connection, transaction, maxBytes).Write(volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray()), findings),
        TestContext.Current.CancellationToken));

    private DnsDomainHistory? Find(string domain) => History.Read(connection => new HistoryReader(connection).Find(domain, "path"));

    private long Count(string sql) => History.Read(connection => (long)HistoryWriter.Command(connection, null, sql).ExecuteScalar()!);

    private DnsTunnelFindingStatus Status() => Assert.Single(Find("t.example")!.Findings).Status;

    private static DnsTunnelFinding Finding(int quarter, bool isTunnel = true, string? exception = null) => new()
    {
        Domain = "t.example",
        Client = "192.0.2.7",
        IsTunnel = isTunnel,
        Exception = exception,
        Score = 99,
        FirstSeen = s_start.AddMinutes(quarter * 15),
        LastSeen = s_start.AddMinutes(quarter * 15),
    };

    private static DomainVolume Volume(string domain, int quarter, long queries, int minutes = 15, string? client = "192.0.2.7")
    {
        var start = s_start.AddMinutes(quarter * 15);
        return new DomainVolume
        {
            Domain = domain,
            Client = client,
            WindowStart = start,
            WindowEnd = start.AddMinutes(minutes),
            QueryCount = queries,
            UniqueNames = queries,
            FirstSeen = start,
            LastSeen = start.AddMinutes(14),
        };
    }
}
