using DnsTunnel.Detection;
using DnsTunnel.History;
using DnsTunnel.Models;
using DnsTunnel.Tests.Detection;
using DnsTunnel.Tests.Exceptions;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.History;

/// <summary>What a domain's own past does to the score of today, and what an attacker cannot make it do.</summary>
public sealed class DomainPastTests : IDisposable
{
    private const string Domain = "t.example";

    private readonly TemporaryFolder _folder = new();

    private HistoryFile File => new(_folder.File("history.db"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_domain_that_carries_far_more_than_usual_is_raised_and_told_so()
    {
        Past(days: [10, 9, 3], bytes: 40);
        var (before, after) = Judge();
        Assert.Equal("the domain was first asked for 10 days before, on 3 days; it usually carries 40 bytes a day and client, and now 400", after.Past!.Reason);
        Assert.Equal(0.25 * Math.Log2(400.0 / (4 * 64)), after.Past.LogOdds, 0.001);
        Assert.Equal(before.LogOdds + after.Past.LogOdds, after.LogOdds, 1e-9);
    }

    [Fact]
    public void A_raise_has_its_limit()
    {
        Past(days: [10], bytes: 40, found: true);
        Assert.Equal(1, Judge(bytes: 1_000_000).After.Past!.LogOdds);
    }

    [Fact]
    public void A_domain_that_goes_on_as_on_many_quiet_days_is_lowered_a_little()
    {
        Past(days: Enumerable.Range(1, 30), bytes: 300);
        Assert.Equal(-0.5, Judge().After.Past!.LogOdds);
    }

    /// <summary>Each is what somebody may try who wants a tunnel to be taken for an old friend.</summary>
    [Theory]
    [InlineData("noisy in its first week, then silent", 22, 29, 12_000, 400)]
    [InlineData("noisy all the time", 1, 30, 12_000, 12_000)]
    [InlineData("quiet for less than two weeks after its first", 10, 30, 300, 400)]
    public void A_past_that_can_have_been_bought_lowers_nothing(string _, int latest, int earliest, long bytes, double now)
    {
        Past(days: Enumerable.Range(latest, earliest - latest + 1), bytes);
        Assert.True(Judge(bytes: now).After.Past!.LogOdds >= 0);
    }

    [Fact]
    public void A_noisy_day_or_a_finding_spoils_a_quiet_past()
    {
        Past(days: Enumerable.Range(1, 30), bytes: 300);
        Past(days: [2], bytes: 5000);
        Assert.Equal(0, Judge().After.Past!.LogOdds);
    }

    [Fact]
    public void A_domain_that_was_a_finding_is_raised_however_quiet()
    {
        Past(days: Enumerable.Range(1, 30), bytes: 300, found: true);
        var past = Judge().After.Past!;
        Assert.Equal(0.5, past.LogOdds);
        Assert.EndsWith("; it was a finding before (new)", past.Reason);
    }

    [Fact]
    public void A_quiet_past_does_not_speak_for_a_loud_day()
    {
        Past(days: Enumerable.Range(1, 30), bytes: 300);
        Assert.True(Judge(bytes: 12_000).After.Past!.LogOdds > 0);
    }

    [Theory]
    [InlineData(1, 6, 0, "the history knows no earlier query for the domain")]
    [InlineData(1, 20, 0.5, "nobody asked for the domain on the 20 days that the history knows of the 30 before")]
    [InlineData(100, 20, 0, "the history knows no earlier query for the domain")]
    public void A_new_domain_says_something_where_the_history_was_kept_just_before(int latest, int days, double expected, string reason)
    {
        Past(days: Enumerable.Range(latest, days), bytes: 40, domain: "other.example");
        var past = Judge().After.Past!;
        Assert.Equal((expected, reason), (past.LogOdds, past.Reason));
    }

    /// <summary>A run that is repeated, or overlaps the one before, meets its own queries in the history.</summary>
    [Fact]
    public void What_a_run_wrote_itself_is_not_its_past()
    {
        Past(days: [0], bytes: 12_000, found: true);
        Assert.Equal(0, Judge().After.Past!.LogOdds);
    }

    /// <summary>A schedule reads the last 45 minutes every 15: of a domain that is new today, no usual day is known.</summary>
    [Fact]
    public void Earlier_hours_of_the_same_day_are_no_usual_day()
    {
        Write([[Volume(Asked.Start.AddHours(-2), 40)]], []);
        var past = Judge(bytes: 12_000).After.Past!;
        Assert.Equal((0, "the domain was first asked for 2 hours before"), (past.LogOdds, past.Reason));
    }

    [Fact]
    public void A_raise_makes_a_finding_and_says_so_in_its_features()
    {
        Past(days: [10, 9, 8], bytes: 40, found: true);
        var queries = Enumerable.Range(4, 60).SelectMany(n => Enumerable.Range(6, 12), (n, digits) => Asked.Hex(n, Domain, digits: digits, every: 20)).First(q => Score(q) is > 42 and < 50);
        Assert.Empty(Asked.Findings(queries));
        var finding = Assert.Single(Detect(queries));
        Assert.Contains(finding.Reasons, r => r.Contains("it was a finding before", StringComparison.Ordinal));
        Assert.True(finding.Features["DomainPast"].Contribution > 0);
        Assert.NotNull(finding.FirstDetected);
        Assert.Equal(100 / (1 + Math.Exp(-TunnelModel.Default.Intercept - finding.Features.Values.Sum(f => f.Contribution))), finding.Score, 0.05);
    }

    [Fact]
    public void A_finding_that_an_exception_covers_now_is_suppressed()
    {
        var queries = Asked.Hex(150, Domain);
        var windows = Asked.Volumes(queries).GroupBy(v => v.WindowStart, (_, window) => window.ToArray()).ToList();
        Write(windows, Detect(queries));
        var excepted = Asked.Volumes(queries, Excepted.ListOf(Excepted.Make(Domain))).GroupBy(v => v.WindowStart, (_, window) => window.ToArray()).ToList();
        var open = File.Read(connection => new HistoryReader(connection).OpenFindings());
        var suppressed = SuppressedFindings.Find(open, [], () => excepted, new Judge(TunnelModel.Default, 50), TestContext.Current.CancellationToken).ToList();
        Write(excepted, suppressed);

        var finding = Assert.Single(Find()!.Findings);
        Assert.Equal(DnsTunnelFindingStatus.Suppressed, finding.Status);
        Assert.NotNull(finding.Exception);
        Assert.Empty(SuppressedFindings.Find(open, suppressed, () => excepted, new Judge(TunnelModel.Default, 50), TestContext.Current.CancellationToken));
    }

    private (Verdict Before, Verdict After) Judge(double bytes = 400)
    {
        var features = default(FeatureVector);
        features[(int)TunnelFeatureKind.UniqueNames] = 20;
        features[(int)TunnelFeatureKind.InformationBytes] = bytes;
        features[(int)TunnelFeatureKind.TimescaleHours] = 24;
        var judge = new Judge(TunnelModel.Default, 50);
        var before = new Verdict(default, features, LogOdds: 0.3);
        var past = File.Read(connection => new DomainPast(new HistoryReader(connection), 50, Asked.Start.AddMilliseconds(1)).Of(Domain, before))!;
        return (before, judge.Moved(before, past));
    }

    private List<DnsTunnelFinding> Detect(IEnumerable<DnsQuery> queries)
    {
        var windows = Asked.Volumes(queries).GroupBy(v => v.WindowStart, (_, window) => window.ToArray()).ToList();
        var judge = new Judge(TunnelModel.Default, 50);
        return File.Exists
            ? File.Read(connection => new TunnelDetector(judge, all: false, new DomainPast(new HistoryReader(connection), 50, Asked.Start)).Detect(new ListedVolumes(() => windows), TestContext.Current.CancellationToken))
            : new TunnelDetector(judge, all: false).Detect(new ListedVolumes(() => windows), TestContext.Current.CancellationToken);
    }

    private static double Score(IEnumerable<DnsQuery> queries) =>
        new Judge(TunnelModel.Default, 50).Of(Asked.Timeline(queries), new Surroundings(Clients: 1, Domains: 1, Peers: 0)).Score;

    private DnsDomainHistory? Find() => File.Read(connection => new HistoryReader(connection).Find(Domain, "path"));

    /// <summary>Days before the run on which the domain was asked for.</summary>
    private void Past(IEnumerable<int> days, long bytes, bool found = false, string domain = Domain)
    {
        var volumes = days.Select(day => Volume(Asked.Start.AddDays(-day), bytes, domain)).OrderBy(v => v.WindowStart).ToList();
        var finding = new DnsTunnelFinding { Domain = domain, Client = "192.0.2.1", IsTunnel = true, Score = 99, FirstSeen = volumes[0].FirstSeen, LastSeen = volumes[^1].LastSeen };
        Write(volumes.Select(v => new[] { v }), found ? [finding] : []);
    }

    private static DomainVolume Volume(DateTime time, long bytes, string domain = Domain) => new()
    {
        Domain = domain,
        Client = "192.0.2.1",
        WindowStart = time,
        WindowEnd = time.AddMinutes(15),
        FirstSeen = time,
        LastSeen = time,
        QueryCount = 10,
        UniqueNames = 10,
        InformationBytes = bytes,
    };

    private void Write(IEnumerable<DomainVolume[]> windows, IReadOnlyCollection<DnsTunnelFinding> findings) =>
        File.Write((connection, transaction) => new HistoryWriter(connection, transaction).Write(windows, findings), TestContext.Current.CancellationToken);
}
