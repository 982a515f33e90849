using DnsTunnel.Detection;

namespace DnsTunnel.Tests.Detection;

public sealed class DomainTallyTests
{
    [Fact]
    public void Peers_are_other_domains_of_the_client_with_half_as_many_names_or_more()
    {
        var tally = new DomainTally();
        foreach (var (domain, names) in new[] { ("a.example", 1000), ("b.example", 600), ("c.example", 499), ("d.example", 63) }) tally.Add(domain, "192.0.2.1", names, 1);
        tally.Add("e.example", "192.0.2.2", 1000, 1);
        tally.Complete();
        Assert.Equal(1, tally.PeersOf("192.0.2.1", 1000));
        Assert.Equal(2, tally.PeersOf("192.0.2.1", 499));
        Assert.Equal(0, tally.PeersOf("192.0.2.1", 63));
        Assert.Equal(0, tally.PeersOf("192.0.2.2", 1000));
        Assert.Equal(0, tally.PeersOf(null, 1000));
    }
}
