using DnsTunnel.History;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.History;

/// <summary>What the history keeps of runs.</summary>
public sealed class HistoryTests : IDisposable
{
    private static readonly DateTime s_start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

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

    /// <summary>A domain that was noisy from its first day on is not taken for a harmless one.</summary>
    [Fact]
    public void A_reason_says_since_when_a_domain_is_known_and_moves_no_score()
    {
        Write([Volume("t.example", 0, 10)], Finding(0));
        var known = Finding(96 * 12);
        HistoryReasons.Add(known, Find("t.example"));
        Assert.Equal("the domain was first seen on 2026-03-01, 12 days before, and on 1 days in all; it was a finding before (new)", known.Reasons[^1]);
        Assert.Equal(99, known.Score);

        var unknown = Finding(0);
        HistoryReasons.Add(unknown, null);
        Assert.Equal("the history knows no earlier query for the domain", unknown.Reasons[^1]);
        HistoryReasons.Add(unknown, Find("t.example"));
        Assert.Equal(unknown.Reasons[^2], unknown.Reasons[^1]);
    }

    [Fact]
    public void Hostile_names_are_values()
    {
        var names = Hostile.Labels.Select(label => Hostile.Below(label).Text).Append("x'); DROP TABLE domain; --.example").ToArray();
        Write([.. names.Select((name, i) => Volume(name, i, 1))]);
        Assert.All(names, name => Assert.Equal(1, Find(name)!.QueryCount));
    }

    private void Write(DomainVolume[] volumes, params DnsTunnelFinding[] findings) => Assert.Null(History.Write(
        (connection, transaction) => new HistoryWriter(connection, transaction).Write(volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray()), findings),
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
