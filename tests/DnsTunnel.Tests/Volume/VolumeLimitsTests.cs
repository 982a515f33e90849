using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

/// <summary>What an aggregator that is short of memory still knows, beside one that is not.</summary>
public class VolumeLimitsTests
{
    private const int Rounds = 60;
    private const int DomainsARound = 2000;
    private const string Tunnel = "tunnel.example";
    private const string SlowTunnel = "slow.example";

    private static readonly DateTime s_start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly VolumeAggregator _exact = new(PublicSuffixList.Default, TimeSpan.FromHours(24), byClient: true);
    private readonly VolumeAggregator _bounded = new(PublicSuffixList.Default, TimeSpan.FromHours(24), byClient: true, limits: new VolumeLimits(4096, 1 << 16));

    /// <summary>120,000 domains of which each is asked for once or twice, and two tunnels among them: one is asked at every turn.</summary>
    private void Ask()
    {
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < DomainsARound; i++)
            {
                var domain = $"d{round}x{i}.example";
                Add($"www.{domain}", round);
                if (i % 2 == 0) Add($"mail.{domain}", round);
                if (i % 100 == 0) Add($"{Payload(round, i)}.{Payload(i, round)}.{Tunnel}", round);
            }

            Add($"{Payload(round, -1)}.{SlowTunnel}", round);
        }
    }

    [Fact]
    public void Tunnels_are_counted_exactly_among_many_domains()
    {
        Ask();
        Assert.Equal(0, _exact.DroppedSummaries);
        Assert.True(_bounded.DroppedSummaries > Rounds * DomainsARound / 2);
        foreach (var domain in new[] { Tunnel, SlowTunnel })
        {
            var (exact, bounded) = (VolumeOf(_exact, domain), VolumeOf(_bounded, domain));
            Assert.Equal(
                (exact.QueryCount, exact.UniqueNames, exact.UniqueNameBytes, exact.InformationBytes),
                (bounded.QueryCount, bounded.UniqueNames, bounded.UniqueNameBytes, bounded.InformationBytes));
        }
    }

    [Fact]
    public void Nothing_grows_with_the_number_of_domains_and_clients()
    {
        Ask();
        Assert.InRange(_bounded.GetVolumes().Count(), 1, 4096);
        Assert.InRange(_bounded.DomainCount, 1, (1 << 16) + (3 * 4096));
    }

    [Fact]
    public void Who_asks_what_stays_stays_known()
    {
        for (var i = 0; i < 500; i++) Add(_bounded, $"h{i % 7}-{Payload(i % 7, 0)}.popular.example", 0, $"192.0.2.{i}");
        Ask();
        Assert.Equal(500, _bounded.GetVolumes().Count(v => v.Domain == "popular.example"));
    }

    [Fact]
    public void A_domain_that_everybody_is_made_to_ask_pushes_nothing_out()
    {
        Add($"{Payload(1, 1)}.{SlowTunnel}", 0);
        for (var i = 0; i < 20_000; i++) Add(_bounded, i == 0 ? $"{Payload(2, 2)}.flood.example" : "www.flood.example", 0, $"host{i}");
        Assert.Single(_bounded.GetVolumes(), v => v.Domain == SlowTunnel);
    }

    [Fact]
    public void Windows_that_are_let_go_are_whole()
    {
        var closed = new List<DomainVolume>();
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(1), byClient: false, limits: new VolumeLimits(4096, 1 << 16)) { Closed = closed.AddRange };
        var exact = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(1), byClient: false);
        for (var i = 0; i < 30_000; i++)
        {
            Add(aggregator, $"www.d{i % 2000}.example", i / 3000, $"192.0.2.{i % 9}");
            Add(exact, $"www.d{i % 2000}.example", i / 3000, $"192.0.2.{i % 9}");
        }

        Assert.NotEmpty(closed);
        Assert.Equal((0, 0), (aggregator.DroppedSummaries, aggregator.ReopenedWindows));
        Assert.Equal(exact.GetVolumes().Select(Row).Order(StringComparer.Ordinal), closed.Concat(aggregator.GetVolumes()).Select(Row).Order(StringComparer.Ordinal));
        Add(aggregator, "www.late.example", 0, "192.0.2.1");
        Assert.Equal(1, aggregator.ReopenedWindows);
    }

    private static string Row(DomainVolume volume) => $"{volume.WindowStart:O} {volume.Domain} {volume.QueryCount} {volume.ClientCount} {volume.UniqueNames} {volume.InformationBytes}";

    [Fact]
    public void Clients_that_are_only_counted_are_counted_all_the_same()
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromHours(24), byClient: false);
        for (var i = 0; i < 300_000; i++) Add(aggregator, "www.example.com", 0, $"host{i}");
        for (var i = 0; i < 300_000; i++) Add(aggregator, "www.example.com", 0, $"host{i}");
        Assert.InRange(VolumeOf(aggregator, "example.com").ClientCount, 276_000, 324_000);
        Assert.InRange(aggregator.Clients.Count, 1, 1 << 17);
    }

    private static string Payload(int first, int second) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. BitConverter.GetBytes(first), .. BitConverter.GetBytes(second)]))[..40];

    private static DomainVolume VolumeOf(VolumeAggregator aggregator, string domain) => aggregator.GetVolumes().Single(v => v.Domain == domain);

    private void Add(string name, int minute)
    {
        Add(_exact, name, minute, "192.0.2.1");
        Add(_bounded, name, minute, "192.0.2.1");
    }

    private static void Add(VolumeAggregator aggregator, string name, int minute, string client) =>
        new VolumeCounter(aggregator).Add(new DnsQuery { Timestamp = s_start.AddMinutes(minute), QueryName = name, ClientAddress = client });
}
