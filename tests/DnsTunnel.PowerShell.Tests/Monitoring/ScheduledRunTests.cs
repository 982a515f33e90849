namespace DnsTunnel.PowerShell.Tests;

/// <summary>The monitor as schedulers start it: every quarter of an hour over the last three, while the log rotates.</summary>
public sealed class ScheduledRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;
    private readonly ModuleSession _session = new();

    private string Log => Path.Combine(_folder, "dns.log");

    private string Alerts => Path.Combine(_folder, "alerts.ndjson");

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Each_finding_is_told_once_over_a_rotating_log()
    {
        var now = DateTime.UtcNow;
        var told = new List<string[]>();
        // One tunnel a quarter of an hour, and one that goes on through all of them, slowly.
        for (var quarter = 0; quarter < 3; quarter++)
        {
            var log = new ZeekLog(Log, quarter);
            var start = now.AddMinutes((15 * quarter) - 44);
            log.Browse(200, start);
            log.Tunnel(60, start, TimeSpan.FromMinutes(14), "slow.example", "192.0.2.9");
            log.Tunnel(100, start.AddMinutes(13), TimeSpan.FromMinutes(1), $"fast{quarter}.example", $"192.0.2.{quarter}");
            told.Add([.. Run(), .. Run()]);
            File.Move(Log, $"{Log}.{quarter}");
        }

        told.Add(Run());
        Assert.Equal(["fast0.example", "slow.example"], told[0].Order());
        Assert.Equal(["fast1.example"], told[1]);
        Assert.Equal(["fast2.example"], told[2]);
        Assert.Empty(told[3]);
        Assert.Equal(4, AlertFile.Read(Alerts).Count(a => a.Life == "New"));
    }

    /// <summary>The domains that are new.</summary>
    private string[] Run() =>
    [
        .. _session.Run(
            "param($Log, $Alerts, $State) Start-DnsTunnelMonitor -Path $Log -Once -Last 0:45 -OutFile $Alerts -StatePath $State | Where-Object Life -eq New | ForEach-Object Domain",
            ("Log", Log + "*"), ("Alerts", Alerts), ("State", Path.Combine(_folder, "state.json"))).Select(domain => domain.ToString()),
    ];
}
