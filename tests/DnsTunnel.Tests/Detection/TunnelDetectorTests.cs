using DnsTunnel.Detection;

namespace DnsTunnel.Tests.Detection;

public class TunnelDetectorTests
{
    private static readonly DateTime s_start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_strongest_window_makes_the_finding_and_the_others_hang_on_it()
    {
        var finding = Assert.Single(Detect(50, [Volume(window: 0, names: 50), Volume(window: 2, names: 900), Volume(window: 1, names: 300)]));

        Assert.True(finding.IsTunnel);
        Assert.Equal(s_start.AddMinutes(30), finding.WindowStart);
        Assert.Equal(900, finding.UniqueNames);
        Assert.Equal([50L, 300L, 900L], finding.Windows.Select(w => w.UniqueNames));
        Assert.Equal(finding.Windows.Sum(w => w.InformationBytes), finding.BytesOut);
        Assert.Equal(s_start, finding.FirstSeen);
    }

    [Fact]
    public void Every_reason_has_its_number_and_every_feature_its_share()
    {
        var finding = Assert.Single(Detect(50, [Volume(names: 400)]));
        Assert.All(finding.Reasons, r => Assert.Matches(@"\d", r));
        Assert.Contains(finding.Reasons, r => r.Contains("400 different names", StringComparison.Ordinal));
        Assert.Contains(finding.Reasons, r => r.Contains("TXT", StringComparison.Ordinal));
        var logOdds = FeatureExtractor.Prior + finding.Features.Values.Sum(f => f.Contribution);
        Assert.Equal(100 / (1 + Math.Exp(-logOdds)), finding.Score, 0.05);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(100, false)]
    public void The_threshold_decides(double threshold, bool expected) =>
        Assert.Equal(expected, Assert.Single(Detect(threshold, [Volume(names: 60)])).IsTunnel);

    [Fact]
    public void A_domain_that_many_clients_ask_scores_lower()
    {
        var alone = Detect(50, [Volume(names: 60), Volume(names: 1, client: "192.0.2.99", domain: "other.example")]);
        var shared = Detect(50, [.. Enumerable.Range(1, 20).Select(i => Volume(names: 60, client: $"192.0.2.{i}"))]);
        Assert.True(shared[0].Score < alone[0].Score);
        Assert.Equal(20, shared[0].Clients.Length);
    }

    [Fact]
    public void Reverse_lookups_are_no_tunnel_unless_names_are_none_of_addresses()
    {
        var scan = Volume(names: 900, domain: "192.in-addr.arpa", bytesEach: 3, type: "PTR");
        var hidden = Volume(names: 900, domain: "192.in-addr.arpa", bytesEach: 30, type: "PTR", hasFreeNames: true);
        var unrelated = Volume(names: 900, domain: "fake-in-addr.arpa", bytesEach: 30, type: "PTR");
        Assert.False(Assert.Single(Detect(50, [scan])).IsTunnel);
        Assert.True(Assert.Single(Detect(50, [hidden])).IsTunnel);
        Assert.True(Assert.Single(Detect(50, [unrelated])).IsTunnel);
    }

    [Fact]
    public void Asking_each_name_again_does_not_clear_a_tunnel()
    {
        Assert.True(Assert.Single(Detect(50, [Volume(names: 400, repeats: 8)])).IsTunnel);
    }

    [Fact]
    public void Risk_is_at_least_21_for_a_tunnel()
    {
        Assert.All(Enum.GetValues<DnsTunnelSeverity>(), s => Assert.InRange(Rating.RiskOf(true, s), 21, 100));
        Assert.Equal(DnsTunnelSeverity.Critical, Rating.SeverityOf(true, 1_000_000));
        Assert.Equal(0, Rating.RiskOf(false, DnsTunnelSeverity.Low));
    }

    [Fact]
    public void Nothing_in_gives_nothing_out() => Assert.Empty(Detect(50, []));

    private static List<DnsTunnelFinding> Detect(double threshold, DomainVolume[] volumes) =>
        new TunnelDetector(threshold, all: true).Detect(() => volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray()), default);

    private static DomainVolume Volume(
        int names, int window = 0, string client = "192.0.2.1", string domain = "t.example", int bytesEach = 12, string type = "TXT", int repeats = 1, bool hasFreeNames = false) => new()
    {
        WindowStart = s_start.AddMinutes(15 * window),
        WindowEnd = s_start.AddMinutes(15 * (window + 1)),
        Domain = domain,
        Client = client,
        QueryCount = (long)names * repeats,
        UniqueNames = names,
        UniqueNameBytes = 20L * names,
        InformationBytes = (long)bytesEach * names,
        ClientCount = 1,
        MaxNameLength = 60,
        HasFreeNames = hasFreeNames,
        ResponseBytes = 100L * names,
        QueryTypes = new Dictionary<string, long> { [type] = (long)names * repeats },
        FirstSeen = s_start.AddMinutes(15 * window),
        LastSeen = s_start.AddMinutes((15 * window) + 10),
    };
}
