namespace DnsTunnel.Tests.Monitoring;

public sealed class BusiestDomainsTests
{
    [Fact]
    public void Those_of_the_last_hour_stand_in_order_of_what_their_names_carried()
    {
        using var run = new MonitorRun();
        run.Tunnel(500, TimeSpan.FromMinutes(5), "old.example");
        run.Now += TimeSpan.FromHours(2);
        run.Tunnel(100, TimeSpan.FromMinutes(5), "second.example");
        run.Tunnel(200, TimeSpan.FromMinutes(5), "first.example");
        run.Tunnel(1, TimeSpan.FromMinutes(1), "third.example");

        Assert.Equal(["first.example", "second.example"], run.Monitor.Busiest(2).Select(d => d.Domain));
        Assert.Equal(["first.example", "second.example", "third.example"], run.Monitor.Busiest(9).Select(d => d.Domain));
    }

    [Fact]
    public void A_name_of_several_windows_and_clients_counts_once()
    {
        using var run = new MonitorRun();
        for (var i = 0; i < 4; i++, run.Now += TimeSpan.FromMinutes(10))
        {
            foreach (var client in new[] { "192.0.2.1", "192.0.2.2" }) run.Ask("a1b2c3d4e5f6a7b8.repeated.example", client);
        }

        var domain = Assert.Single(run.Monitor.Busiest(9));
        Assert.Equal((8, 1, 2), (domain.QueryCount, domain.UniqueNames, domain.ClientCount));
    }

    [Fact]
    public void There_are_none_before_the_first_query()
    {
        using var run = new MonitorRun();
        Assert.Empty(run.Monitor.Busiest(9));
    }
}
