using System.Diagnostics;
using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A monitor that is killed, with a store that comes late and is killed too.</summary>
public sealed class ClickHouseMonitorTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;
    private readonly ClickHouseServer _server = new(starts: false);
    private readonly ModuleSession _session = new();
    private readonly List<Process> _processes = [];

    private string Outbox => Path.Combine(_folder, "state.json.clickhouse-outbox");

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _session.Dispose();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_stores_each_query_once_and_finds_meanwhile()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("sends SIGTERM");
        var log = new ZeekLog(Path.Combine(_folder, "dns.log"), seed: 3);
        log.Browse(50, DateTime.UtcNow);
        log.Tunnel(200, DateTime.UtcNow, TimeSpan.FromMilliseconds(100), "tunnel.example", "192.0.2.1");

        // The server is down: it finds all the same, and the queries wait.
        var monitor = Start(log);
        Until(() => AlertFile.Read(Path.Combine(_folder, "alerts.ndjson")).Any(a => a.Domain == "tunnel.example"));
        Until(() => Waiting() > 0);
        monitor.Kill(entireProcessTree: true);
        monitor.WaitForExit();

        _server.Start();
        Login("Export-DnsQuery -ClickHouse $uri -Credential $c -CreateSchema");
        log.Browse(50, DateTime.UtcNow);
        monitor = Start(log);
        Until(() => Queries() == 300);

        _server.Kill();
        log.Browse(100, DateTime.UtcNow);
        Until(() => Waiting() > 0);
        _server.Start();
        Until(() => Queries() == 400);

        // What came last is kept at the end.
        log.Browse(20, DateTime.UtcNow);
        End(monitor);
        Assert.Equal(0, monitor.ExitCode);
        monitor = Start(log);
        Until(() => Queries() == 420);
        End(monitor);
        Assert.Equal(420, Queries());
    }

    private int Waiting() => Directory.Exists(Outbox) ? Directory.GetFiles(Outbox, "*.queries").Length : 0;

    private long Queries() => Login("Get-DnsDomainVolume -ClickHouse $uri -Credential $c").Sum(v => (long)v.Properties["QueryCount"].Value);

    private List<PSObject> Login(string script) => _session.Run(
        "param($uri, $password) $ErrorActionPreference = 'Stop'; $c = [pscredential]::new('sensor', ([System.Net.NetworkCredential]::new('', $password).SecurePassword)); " + script,
        ("uri", _server.Uri), ("password", ClickHouseServer.Password));

    private Process Start(ZeekLog log)
    {
        var process = ShellProcess.Start("dotnet", [ShellProcess.Path, "-Command",
            $"$env:DNSTUNNEL_CLICKHOUSE_USER = 'sensor'; $env:DNSTUNNEL_CLICKHOUSE_PASSWORD = '{ClickHouseServer.Password}'; " +
            $"Start-DnsTunnelMonitor -Path '{log.Path}' -Interval 0:0:1 -StatePath '{_folder}/state.json' -OutFile '{_folder}/alerts.ndjson' -ClickHouse {_server.Uri} | ForEach-Object {{ }}"]);
        _processes.Add(process);
        return process;
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(100);
        return condition();
    }, s_limit));

    private static void End(Process process)
    {
        using var kill = Process.Start("kill", $"-TERM {process.Id}");
        kill.WaitForExit();
        process.WaitForExit();
    }
}
