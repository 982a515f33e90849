using DnsTunnel.Measurement;

namespace DnsTunnel.Tests.Measurement;

/// <summary>Rules that look at the length of single names.</summary>
public class LengthRuleTests
{
    [Theory]
    [InlineData(48, "tunnel.example", 53, false)]
    [InlineData(49, "tunnel.example", 53, true)]
    [InlineData(49, "tunnel.example", 5353, false)]
    public void Ndpi_finds_a_first_label_of_more_than_48(int length, string domain, int port, bool expected) =>
        Assert.Equal(expected, new RuleStream().Ask(0, $"{new string('a', length)}.{domain}", port: port).Run(RuleNames.Ndpi).Found);

    [Theory]
    [InlineData("zen.spamhaus.org", 0)]
    [InlineData("evilspamhaus.org", 0)]
    [InlineData("surbl.org", 1)]
    [InlineData("multi.surbl.org", 0)]
    public void Ndpi_excepts_ends_of_names(string domain, int expected) =>
        Assert.Equal(expected, new RuleStream().Ask(0, $"{new string('a', 49)}.{domain}").Run(RuleNames.Ndpi).FalseDomainCount);

    [Fact]
    public void Ndpi_wants_a_dot() => Assert.Empty(new RuleStream().Ask(0, new string('a', 49)).Run(RuleNames.Ndpi).FalseDomains);

    [Fact]
    public void Splunk_finds_names_over_the_mean_and_two_deviations_of_their_hour()
    {
        // 51 of one length and one that is longer by d: the mean is d/52 above it and the deviation about d/7, so any d is enough.
        var found = Ordinary(51).Ask(50.5, "a-longer-name.tunnel.example").Run(RuleNames.Splunk);
        Assert.True(found.Found);
        Assert.Equal(51, found.QueriesBefore);
        Assert.Equal(50.5, found.SecondsBefore);

        // Of four, one of any length is 1.5 deviations from the mean.
        Assert.False(Ordinary(3).Ask(3.5, $"{new string('a', 60)}.tunnel.example").Run(RuleNames.Splunk).Found);
    }

    [Fact]
    public void Splunk_does_not_find_a_tunnel_that_makes_the_mean()
    {
        var stream = Ordinary(20);
        for (var i = 0; i < 100; i++) stream.Ask(i, $"{new string('a', 50)}{i:000}.tunnel.example");
        Assert.False(stream.Run(RuleNames.Splunk).Found);
    }

    [Theory]
    [InlineData("PTR", 0)]
    [InlineData("SRV", 0)]
    [InlineData("A", 3600)]
    public void Splunk_leaves_types_out_and_looks_at_one_hour(string type, double second) =>
        Assert.False(Ordinary(99).Ask(second, "a-longer-name.tunnel.example", type).Run(RuleNames.Splunk).Found);

    private static RuleStream Ordinary(int count) => new RuleStream().AskMany(count, i => i);
}
