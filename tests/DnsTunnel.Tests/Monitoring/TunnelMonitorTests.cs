using DnsTunnel.Monitoring;

namespace DnsTunnel.Tests.Monitoring;

public sealed class TunnelMonitorTests
{
    [Fact]
    public void A_fast_tunnel_is_found_within_seconds()
    {
        using var run = new MonitorRun(new MonitorOptions { Interval = TimeSpan.FromHours(1) });
        run.Tunnel(1000, TimeSpan.FromSeconds(50));

        var first = run.Told[0];
        Assert.Equal(("tunnel.example", "192.0.2.7", DnsTunnelFindingLife.New), (first.Domain, first.Client, first.Life));
        Assert.InRange(first.LastSeen - first.FirstSeen, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void A_slow_tunnel_is_found_at_the_interval()
    {
        using var run = new MonitorRun();
        run.Tunnel(300, TimeSpan.FromHours(10));

        Assert.Equal("tunnel.example", Assert.Single(run.Told).Domain);
    }

    [Fact]
    public void A_finding_is_told_again_only_when_it_gets_graver()
    {
        using var run = new MonitorRun();
        run.Tunnel(6000, TimeSpan.FromHours(3));

        Assert.Equal(
            [DnsTunnelSeverity.Medium, DnsTunnelSeverity.High],
            run.Told.Select(f => f.Severity));
        Assert.Equal([DnsTunnelFindingLife.New, DnsTunnelFindingLife.Ongoing], run.Told.Select(f => f.Life!.Value));
    }

    [Fact]
    public void One_that_goes_on_is_told_once_a_day()
    {
        using var run = new MonitorRun();
        run.Tunnel(600, TimeSpan.FromDays(3));

        Assert.Equal(3, run.Told.Count);
        Assert.All(run.Told.Skip(1), f => Assert.Equal(DnsTunnelFindingLife.Ongoing, f.Life));
        Assert.InRange(run.Told[2].LastSeen - run.Told[1].LastSeen, TimeSpan.FromHours(23.9), TimeSpan.FromHours(25));
    }

    [Fact]
    public void One_that_has_ended_is_not_told_again()
    {
        using var run = new MonitorRun();
        run.Tunnel(200, TimeSpan.FromMinutes(5));
        for (var hour = 0; hour < 72; hour++)
        {
            run.Now += TimeSpan.FromHours(1);
            run.Ask("www.example.com");
            run.LookAtAll();
        }

        Assert.Single(run.Told);
    }

    [Fact]
    public void One_that_comes_again_after_its_week_is_new()
    {
        using var run = new MonitorRun();
        run.Tunnel(200, TimeSpan.FromMinutes(5));
        run.Now += TimeSpan.FromDays(9);
        run.Ask("www.example.com");
        run.LookAtAll();
        run.Tunnel(200, TimeSpan.FromMinutes(5));

        Assert.Equal([DnsTunnelFindingLife.New, DnsTunnelFindingLife.New], run.Told.Select(f => f.Life!.Value));
        // Nothing of the first is left.
        Assert.True(run.Told[1].FirstSeen > run.Told[0].LastSeen);
    }

    [Fact]
    public void After_a_restart_nothing_is_told_twice()
    {
        using var run = new MonitorRun();
        for (var i = 0; i < 10; i++)
        {
            run.Tunnel(100, TimeSpan.FromMinutes(2));
            run.Restart();
        }

        Assert.Single(run.Told);
    }

    [Fact]
    public void A_tunnel_over_many_clients_is_found_by_the_look_at_all()
    {
        using var run = new MonitorRun();
        for (var client = 1; client <= 60; client++) run.Tunnel(3, TimeSpan.FromMinutes(1), client: $"192.0.2.{client}");
        run.LookAtAll();

        Assert.Contains(run.Told, f => f.Domain == "tunnel.example");
        var told = run.Told.Count;
        run.LookAtAll();
        Assert.Equal(told, run.Told.Count);
    }

    [Fact]
    public void A_wrong_clock_pushes_nothing_out()
    {
        using var run = new MonitorRun();
        run.Tunnel(3, TimeSpan.FromMinutes(1));
        var now = run.Now;
        run.Now = now.AddYears(70);
        var query = new DnsQuery { Timestamp = run.Now, QueryName = "www.example.com" };
        run.Now = now;
        run.Monitor.Add(query);
        run.Monitor.Add(new DnsQuery { Timestamp = now.AddDays(-8), QueryName = "www.example.com" });
        run.Tunnel(100, TimeSpan.FromMinutes(1));

        Assert.Equal(2, run.Monitor.QueriesOutOfTime);
        Assert.Single(run.Told);
    }

    [Fact]
    public void Silence_is_noticed_and_its_end()
    {
        using var run = new MonitorRun();
        var silence = new Silence(TimeSpan.FromMinutes(15), run);
        run.Now += TimeSpan.FromMinutes(10);
        Assert.False(silence.IsTooLong(1));
        var last = run.Now;
        run.Now += TimeSpan.FromMinutes(14);
        Assert.False(silence.IsTooLong(1));
        run.Now += TimeSpan.FromMinutes(1);
        Assert.True(silence.IsTooLong(1));
        Assert.Equal(last, silence.Since);
        Assert.False(silence.IsTooLong(2));
    }
}
