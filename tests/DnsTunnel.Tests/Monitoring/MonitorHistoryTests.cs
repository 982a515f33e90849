using DnsTunnel.History;
using DnsTunnel.Monitoring;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Monitoring;

public sealed class MonitorHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private HistoryFile File => new(_folder.File("history.db"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_monitor_counted_and_found_is_in_the_history()
    {
        using var run = Run(isUpdated: true);
        run.Tunnel(200, TimeSpan.FromMinutes(5));
        run.LookAtAll();
        run.Tunnel(50, TimeSpan.FromMinutes(30));
        run.LookAtAll();

        var history = Find()!;
        Assert.Equal(250, history.QueryCount);
        Assert.Equal(DnsTunnelFindingStatus.Ongoing, Assert.Single(history.Findings).Status);
        Assert.Empty(run.History!.TakeTroubles());
    }

    /// <summary>A live source begins with nothing.</summary>
    [Fact]
    public void The_next_monitor_knows_what_was_found()
    {
        using (var first = Run(isUpdated: true))
        {
            first.Tunnel(200, TimeSpan.FromMinutes(5));
            first.LookAtAll();
        }

        using var next = Run(isUpdated: false);
        next.Now += TimeSpan.FromHours(20);
        next.Tunnel(200, TimeSpan.FromMinutes(5));

        Assert.True(next.Told[0].Features["DomainPast"].Contribution > 0);
        Assert.Contains(next.Told[0].Reasons, reason => reason.Contains("it was a finding before", StringComparison.Ordinal));
        Assert.Equal(200, Find()!.QueryCount);
    }

    [Fact]
    public void What_a_monitor_wrote_itself_is_no_past_of_what_it_holds()
    {
        using var run = Run(isUpdated: true);
        run.Tunnel(40, TimeSpan.FromMinutes(5));
        run.LookAtAll();
        run.Tunnel(6000, TimeSpan.FromMinutes(60));

        Assert.True(run.Told.Count > 1);
        Assert.DoesNotContain(run.Told, finding => finding.Features.TryGetValue("DomainPast", out var past) && past.Contribution != 0);
    }

    [Fact]
    public void One_that_cannot_be_used_is_told_once_and_ends_nothing()
    {
        Directory.CreateDirectory(File.FilePath);
        using var run = Run(isUpdated: true);
        for (var i = 0; i < 3; i++)
        {
            run.Tunnel(200, TimeSpan.FromMinutes(5));
            run.LookAtAll();
        }

        Assert.NotEmpty(run.Told);
        Assert.Contains(File.FilePath, Assert.Single(run.History!.TakeTroubles()));
    }

    private DnsDomainHistory? Find() => File.Read(connection => new HistoryReader(connection).Find("tunnel.example", ""));

    private MonitorRun Run(bool isUpdated)
    {
        var run = new MonitorRun { History = new MonitorHistory(File, isUpdated) };
        run.Restart();
        return run;
    }
}
