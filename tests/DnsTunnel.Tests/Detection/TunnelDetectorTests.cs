using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Volume;

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
        Assert.Contains(finding.Reasons, r => r.Contains("400 new names", StringComparison.Ordinal));
        Assert.Contains(finding.Reasons, r => r.Contains("TXT", StringComparison.Ordinal));
        var logOdds = TunnelModel.Default.Intercept + finding.Features.Values.Sum(f => f.Contribution);
        Assert.Equal(100 / (1 + Math.Exp(-logOdds)), finding.Score, 0.05);
    }

    [Fact]
    public void Processes_that_asked_are_told_each_once_and_bounded()
    {
        DnsQuery Of(DnsQuery query, int id, string? path) => new() { Timestamp = query.Timestamp, ClientAddress = query.ClientAddress, QueryName = query.QueryName, QueryType = "TXT", ProcessId = id, ProcessPath = path };
        var queries = Asked.Hex(400, "t.example", every: 6).ToList();
        Assert.Equal(["/tmp/evil (7)"], Assert.Single(Asked.Findings(queries.Select(q => Of(q, 7, "/tmp/evil")))).Processes);
        Assert.Equal(16, Assert.Single(Asked.Findings(queries.Select((q, i) => Of(q, i, null)))).Processes.Length);
        Assert.Empty(Assert.Single(Asked.Findings(queries)).Processes);
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
    public void Names_of_a_day_are_not_judged_as_if_they_had_come_at_once()
    {
        var day = Assert.Single(Detect(50, [Volume(names: 300, bytesEach: 6, type: "A", minutes: 24 * 60)]));
        var burst = Assert.Single(Detect(50, [Volume(names: 300, bytesEach: 6, type: "A", minutes: 1)]));
        Assert.True(day.Score < burst.Score - 20, $"{day.Score} {burst.Score}");
        Assert.True(day.FirstDetected is null || day.FirstDetected > s_start, $"{day.FirstDetected}");
    }

    [Fact]
    public void What_speaks_against_a_tunnel_is_told_with_the_time_it_took()
    {
        var finding = Assert.Single(Detect(100, [Volume(names: 100, bytesEach: 6, type: "A", minutes: 10 * 60)]));
        Assert.Contains(finding.Reasons, r => Regex.IsMatch(r, "^the [0-9]+ new names came in [0-9]+ (min|h), which is slow$"));
    }

    [Fact]
    public void Names_that_came_at_once_are_judged_alike_in_any_order()
    {
        var names = Enumerable.Range(0, 900).Select(i => $"{(i % 7 == 0 ? $"q{i * 7919 % 9973:x}zk{i:x}v" : $"w{i}")}.shop.example.com.corp.example").ToArray();
        var bytes = BytesLeft(names);
        Assert.Equal(bytes, BytesLeft([.. names.Reverse()]));
        Assert.Equal(bytes, BytesLeft([.. names.Order(StringComparer.Ordinal)]));

        static double BytesLeft(string[] names) => Judged(names, _ => s_start).Features[nameof(TunnelFeatureKind.InformationBytes)].Value;
    }

    [Theory]
    [InlineData("www.example.com.search.example")]
    [InlineData("_domainkey.search.example")]
    public void Expected_names_count_in_BytesOut_too(string under)
    {
        var names = Enumerable.Range(0, 200).Select(i => $"{Convert.ToHexString(MD5.HashData(BitConverter.GetBytes(i)))}.{under}").ToArray();
        Assert.InRange(BytesJudged(names), 200 * 16, 200 * 64);
    }

    [Fact]
    public void There_are_never_more_names_than_queries()
    {
        for (var set = 0; set < 6; set++)
        {
            var finding = Judged([.. Enumerable.Range(0, 20_000).Select(i => $"{i:x}q{set}.search.example")], i => s_start.AddSeconds(i / 20));
            Assert.True(finding.UniqueNames <= finding.QueryCount, $"{finding.UniqueNames} {finding.QueryCount}");
        }
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
        new TunnelDetector(new Judge(TunnelModel.Default, threshold), all: true).Detect(new ListedVolumes(() => volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray())), default);

    private static long BytesJudged(string[] names) => Judged(names, _ => s_start).BytesOut;

    private static DnsTunnelFinding Judged(string[] names, Func<int, DateTime> timeOf)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: true, exceptions: ExceptionList.BuiltIn);
        var counter = new VolumeCounter(aggregator);
        for (var i = 0; i < names.Length; i++) counter.Add(new DnsQuery { Timestamp = timeOf(i), ClientAddress = "192.0.2.1", QueryName = names[i], QueryType = "A" });
        return Assert.Single(new TunnelDetector(new Judge(TunnelModel.Default, 50), all: true).Detect(aggregator, default));
    }

    private static DomainVolume Volume(
        int names, int window = 0, string client = "192.0.2.1", string domain = "t.example", int bytesEach = 12, string type = "TXT", int repeats = 1, bool hasFreeNames = false,
        int minutes = 10) => new()
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
        LastSeen = s_start.AddMinutes((15 * window) + minutes),
    };
}
