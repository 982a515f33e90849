using DnsTunnel.Measurement;

namespace DnsTunnel.Tests.Measurement;

/// <summary>Rules that count distinct names: streams that just reach the condition, and that just miss it.</summary>
public class CountingRuleTests
{
    private static readonly string s_ninety = $"{new string('a', 60)}.{new string('b', 14)}.tunnel.example";

    [Fact]
    public void Rita_finds_100_names_within_a_day()
    {
        var found = new RuleStream().AskMany(100, i => i * 800).Run(RuleNames.Rita);
        Assert.True(found.Found);
        Assert.Equal(99, found.QueriesBefore);
        Assert.Equal(99 * 800, found.SecondsBefore);
        Assert.False(new RuleStream().AskMany(99, i => i).Run(RuleNames.Rita).Found);
        Assert.False(new RuleStream().AskMany(110, i => i * 900).Run(RuleNames.Rita).Found);
    }

    [Fact]
    public void Rita_does_not_count_a_name_twice()
    {
        var stream = new RuleStream().AskMany(99, i => i).AskMany(99, i => 200 + i).Ask(400, "N0001.Tunnel.Example");
        Assert.False(stream.Run(RuleNames.Rita).Found);
    }

    [Fact]
    public void Zeek_finds_more_than_8_names_within_an_hour_over_all_clients()
    {
        var found = new RuleStream().AskMany(9, i => i * 449, client: i => $"192.0.2.{i}").Run(RuleNames.Zeek);
        Assert.Equal(8, found.QueriesBefore);
        Assert.False(new RuleStream().AskMany(8, i => i).Run(RuleNames.Zeek).Found);
        Assert.False(new RuleStream().AskMany(20, i => i * 450).Run(RuleNames.Zeek).Found);
    }

    [Fact]
    public void Zeek_counts_a_name_from_when_it_was_last_asked_for()
    {
        var stream = new RuleStream().Ask(0, "again.tunnel.example").Ask(3000, "again.tunnel.example").AskMany(8, i => 3601 + i);
        Assert.True(stream.Run(RuleNames.Zeek).Found);
    }

    [Fact]
    public void Zeek_leaves_reverse_zones_out()
    {
        var stream = new RuleStream("2.192.in-addr.arpa").AskMany(50, i => i, "2.192.in-addr.arpa");
        Assert.False(stream.Run(RuleNames.Zeek).Found);
        Assert.Empty(stream.Run(RuleNames.Zeek).FalseDomains);
    }

    [Fact]
    public void Zeek_finds_a_name_of_more_than_90_characters()
    {
        Assert.Equal(90, s_ninety.Length);
        Assert.False(new RuleStream().Ask(0, s_ninety).Run(RuleNames.Zeek).Found);
        Assert.Equal(0, new RuleStream().Ask(0, "a" + s_ninety).Run(RuleNames.Zeek).QueriesBefore);
    }

    [Theory]
    [InlineData("wpad", "A", 53)]
    [InlineData("domains._msdcs", "A", 53)]
    [InlineData("a", "PTR", 53)]
    [InlineData("a", "A", 137)]
    public void Zeek_ignores_some_long_names(string prefix, string type, int port) =>
        Assert.False(new RuleStream().Ask(0, $"{prefix}.{s_ninety}", type, port: port).Run(RuleNames.Zeek).Found);

    [Fact]
    public void Sigma_finds_more_than_200_names_of_a_host_in_15_minutes()
    {
        Assert.Equal(200, new RuleStream().AskMany(201, i => i * 4.4).Run(RuleNames.Sigma).QueriesBefore);
        Assert.False(new RuleStream().AskMany(200, i => i).Run(RuleNames.Sigma).Found);
        Assert.False(new RuleStream().AskMany(400, i => i * 4.51).Run(RuleNames.Sigma).Found);
        Assert.False(new RuleStream().AskMany(400, i => i, client: i => i % 2 == 0 ? "192.0.2.1" : "192.0.2.2").Run(RuleNames.Sigma).Found);
    }

    [Theory]
    [InlineData("google.com", 0)]
    [InlineData("d111.cloudfront.net", 0)]
    [InlineData("notgoogle.com", 1)]
    public void Sigma_excepts_16_domains(string domain, int expected) =>
        Assert.Equal(expected, new RuleStream().AskMany(300, i => i, domain).Run(RuleNames.Sigma).FalseDomainCount);

    [Fact]
    public void Ibhh_sums_the_bytes_of_distinct_subdomains_in_two_minutes()
    {
        // Five bytes each.
        Assert.Equal(33, new RuleStream().AskMany(34, i => i).Run(RuleNames.Ibhh).QueriesBefore);
        Assert.False(new RuleStream().AskMany(33, i => i).AskMany(33, i => 50 + i).Run(RuleNames.Ibhh).Found);
        Assert.False(new RuleStream().AskMany(66, i => i < 33 ? i : 90 + i).Run(RuleNames.Ibhh).Found);
    }

    [Fact]
    public void Names_without_a_registered_domain_are_counted_by_no_domain()
    {
        var stream = new RuleStream(".");
        for (var i = 0; i < 300; i++) stream.Ask(i, $"host{i}");
        Assert.All([RuleNames.Rita, RuleNames.Zeek, RuleNames.Sigma, RuleNames.Ibhh, RuleNames.Elastic], rule => Assert.False(stream.Run(rule).Found, rule));
    }
}
