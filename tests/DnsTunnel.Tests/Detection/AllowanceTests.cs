using DnsTunnel.Exceptions;
using DnsTunnel.Tests.Exceptions;

namespace DnsTunnel.Tests.Detection;

public sealed class AllowanceTests
{
    /// <summary>A name of 32 hexadecimal digits costs its 128 bits and nine more: 17.125 bytes, and 4,096 hold 239 of them.</summary>
    private const int NamesInBudget = 239;

    private static readonly ExceptionList s_exceptions = Excepted.ListOf(Excepted.Make("cache.example.com", "[0-9a-f]{32}"));

    [Theory]
    [InlineData(100, 0)]
    [InlineData(NamesInBudget, 0)]
    [InlineData(NamesInBudget + 1, 1)]
    [InlineData(1000, 1000 - NamesInBudget)]
    public void Names_count_beyond_the_budget_of_their_exception(int asked, int counted)
    {
        var timeline = Asked.Timeline(Asked.Hex(asked, "cache.example.com"), s_exceptions);
        Assert.Equal(counted, timeline.Total.Names);
        Assert.Equal("test", timeline.Exception?.Id);
    }

    [Fact]
    public void Each_day_in_utc_has_a_budget_of_its_own()
    {
        // From noon on, so that midnight is in the middle.
        var timeline = Asked.Timeline(Asked.Hex(2 * NamesInBudget, "cache.example.com", every: 86400.0 / (2 * NamesInBudget)), s_exceptions);
        Assert.Equal(0, timeline.Total.Names);
        Assert.Equal(2, Asked.Timeline(Asked.Hex((2 * NamesInBudget) + 2, "cache.example.com", every: 86400.0 / ((2 * NamesInBudget) + 2)), s_exceptions).Total.Names);
    }

    [Fact]
    public void Names_of_another_shape_count_from_the_first()
    {
        var timeline = Asked.Timeline(Asked.Hex(50, "cache.example.com", digits: 30), s_exceptions);
        Assert.Equal(50, timeline.Total.Names);
        Assert.Null(timeline.Exception);
    }

    [Fact]
    public void Clients_have_budgets_of_their_own()
    {
        var volumes = Asked.Volumes([.. Asked.Hex(NamesInBudget, "cache.example.com", seed: 1), .. Asked.Hex(NamesInBudget, "cache.example.com", client: "192.0.2.2", seed: 2)], s_exceptions);
        Assert.Equal(2, volumes.Count);
        Assert.All(volumes, v => Assert.Equal(0, DnsTunnel.Detection.Timeline.Of([v]).Total.Names));
    }

    [Fact]
    public void Questions_to_a_block_list_are_expected_up_to_a_budget()
    {
        static IEnumerable<DnsQuery> Ask(int count)
        {
            var random = new Random(1);
            return Enumerable.Range(0, count).Select(i => Asked.Query($"{random.Next(256)}.{random.Next(256)}.{random.Next(256)}.10.list.example.com", i)).ToList();
        }

        Assert.Equal(0, Asked.Timeline(Ask(100)).Total.Names);
        Assert.InRange(Asked.Timeline(Ask(2000)).Total.Names, 800, 1900);
    }

    [Fact]
    public void A_tunnel_in_the_shape_of_a_built_in_exception_is_found_beyond_its_budget()
    {
        static IEnumerable<DnsQuery> Tunnel(int count) => Asked.Hex(count, "i.01.s.sophosxl.net", every: 0.3);
        Assert.Empty(Asked.Findings(Tunnel(1000)));
        var finding = Assert.Single(Asked.Findings(Tunnel(2500)));
        Assert.Equal("sophosxl.net", finding.Domain);
        Assert.StartsWith("sophosxl.net (", finding.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tunnel_of_another_shape_under_its_domain_is_found_at_once() =>
        Assert.Null(Assert.Single(Asked.Findings(Asked.Hex(40, "sophosxl.net", digits: 60))).Exception);
}
