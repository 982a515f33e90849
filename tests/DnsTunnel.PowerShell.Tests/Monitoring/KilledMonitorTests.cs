using System.Diagnostics;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A monitor that is killed again and again finds what one finds that is not. tests/tools/monitor-endurance.py does so for half an hour.</summary>
public sealed class KilledMonitorTests : IDisposable
{
    private const int Seed = 5;
    private const int Kills = 4;
    private const int Steps = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;
    private readonly List<Process> _processes = [];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_tells_the_same_findings_once()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("sends SIGTERM");
        var log = new ZeekLog(Path.Combine(_folder, "dns.log"), Seed);
        log.Browse(1, DateTime.UtcNow);
        var (steady, killed) = (Start("steady", log), Start("killed", log));
        var random = new Random(Seed);
        var kills = Enumerable.Range(0, Kills).Select(_ => random.Next(4, Steps)).ToHashSet();
        var deaths = 0;
        for (var step = 0; step < Steps; step++)
        {
            log.Browse(20, DateTime.UtcNow);
            log.Tunnel(10, DateTime.UtcNow, TimeSpan.FromMilliseconds(100), $"tunnel{step % 3}.example", $"192.0.2.{step % 3}");
            if (kills.Contains(step))
            {
                if (deaths++ % 2 == 0) killed.Kill(entireProcessTree: true);
                else End(killed);
                killed.WaitForExit();
                killed = Start("killed", log);
            }

            Thread.Sleep(random.Next(200, 500));
        }

        string[] names = ["steady", "killed"];
        Assert.True(SpinWait.SpinUntil(() => names.All(n => New(n).Length >= 3), TimeSpan.FromSeconds(90)), string.Join("; ", names.SelectMany(New)));
        foreach (var process in new[] { steady, killed })
        {
            End(process);
            Assert.Equal(0, process.ExitCode);
        }

        Assert.Equal(["tunnel0.example 192.0.2.0", "tunnel1.example 192.0.2.1", "tunnel2.example 192.0.2.2"], New("steady"));
        Assert.Equal(New("steady"), New("killed"));
        foreach (var name in names)
        {
            var told = AlertFile.Read(File(name));
            Assert.Equal(told.Distinct(), told);
        }
    }

    private string File(string name) => Path.Combine(_folder, name + ".ndjson");

    private string[] New(string name) => [.. AlertFile.Read(File(name)).Where(a => a.Life == "New").Select(a => $"{a.Domain} {a.Client}").Order(StringComparer.Ordinal)];

    private Process Start(string name, ZeekLog log)
    {
        var process = ShellProcess.Start("dotnet", [ShellProcess.Path, "-Command",
            $"Start-DnsTunnelMonitor -Path '{log.Path}' -Interval 0:0:1 -StatePath '{_folder}/{name}.json' -OutFile '{File(name)}' | ForEach-Object {{ }}"]);
        _processes.Add(process);
        return process;
    }

    private static void End(Process process)
    {
        using var kill = ShellProcess.Start("kill", ["-TERM", $"{process.Id}"]);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");
    }
}
