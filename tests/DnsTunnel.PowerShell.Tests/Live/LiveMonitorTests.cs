using System.Text.Json;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A monitor beside a real tunnel: told while it runs, and not again by the next monitor.</summary>
public sealed class LiveMonitorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    private string AlertFile => Path.Combine(_folder, "alerts.ndjson");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_iodine_session_is_told_within_seconds_and_once()
    {
        using var namespaces = new NetworkNamespaces();
        var iodined = LiveRequirements.Program("iodined", "iodine");
        var iodine = LiveRequirements.Program("iodine", "iodine");
        if (!File.Exists("/dev/net/tun")) Assert.Skip("there is no /dev/net/tun");
        namespaces.StartServer(iodined, "-f", "-c", "-P", "test", "-l", NetworkNamespaces.Server, "10.72.5.1/24", "t.tunnel.example");
        var receiver = namespaces.StartClient("dotnet", ShellProcess.Path, "-Command", """
            $listener = [Net.HttpListener]::new(); $listener.Prefixes.Add('http://127.0.0.1:8080/'); $listener.Start()
            while ($true) {
                $context = $listener.GetContext(); $body = [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
                $context.Response.Close(); [Console]::Out.WriteLine($body)
            }
            """);
        var monitor = StartMonitor(namespaces);
        Thread.Sleep(4000);
        Assert.False(File.Exists(AlertFile));

        namespaces.StartClient(iodine, "-f", "-r", "-T", "TXT", "-P", "test", NetworkNamespaces.Server, "t.tunnel.example");
        var start = DateTime.UtcNow;
        namespaces.StartClient("bash", "-c", "sleep 2; while sleep 0.05; do head -c 600 /dev/urandom > /dev/udp/10.72.5.1/9; done");
        Assert.True(SpinWait.SpinUntil(() => Alerts().Length > 0, TimeSpan.FromSeconds(90)));

        Assert.Equal("tunnel.example", Domain(Alerts()[0]));
        // Seconds, on a computer that does nothing else.
        Assert.InRange(DateTime.UtcNow - start, TimeSpan.Zero, TimeSpan.FromSeconds(90));
        Assert.Equal("tunnel.example", Domain(receiver.StandardOutput.ReadLine()!));

        // Killed, not ended: what was told is on disk. It may tell once more when the tunnel has become graver.
        monitor.Kill(entireProcessTree: true);
        monitor.WaitForExit();
        var told = Alerts().Select(Severity).ToArray();
        StartMonitor(namespaces);
        Thread.Sleep(TimeSpan.FromSeconds(8));
        var all = Alerts().Select(Severity).ToArray();
        Assert.Equal(all.Distinct(), all);
        Assert.Equal(told, all[..told.Length]);
    }

    [Fact]
    public void A_monitor_that_is_told_to_end_tells_what_it_has()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("sends SIGTERM");
        var log = Path.Combine(_folder, "dns.log");
        File.WriteAllLines(log, Enumerable.Range(0, 12).Select(i => $$"""{"ts":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}}.5,"id.orig_h":"192.0.2.7","query":"{{Guid.NewGuid():N}}.{{Guid.NewGuid():N}}.tunnel.example","qtype_name":"TXT","rcode_name":"NOERROR"}"""));
        using var process = ShellProcess.Start("dotnet", [ShellProcess.Path, "-Command",
            $"Start-DnsTunnelMonitor -Path '{log}' -Interval 1:00 -StatePath '{_folder}/state.json' -OutFile '{AlertFile}' -Verbose; 'the next command'"]);
        while (!process.StandardError.ReadLine()!.Contains("Watching ", StringComparison.Ordinal))
        {
        }

        Thread.Sleep(4000);
        Assert.Empty(Alerts());
        using var kill = ShellProcess.Start("kill", ["-TERM", $"{process.Id}"]);

        Assert.True(process.WaitForExit(20_000));
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("tunnel.example", Domain(Assert.Single(Alerts())));
        Assert.Contains("\nthe next command\n", process.StandardOutput.ReadToEnd());
    }

    private System.Diagnostics.Process StartMonitor(NetworkNamespaces namespaces) => namespaces.StartClient("dotnet", ShellProcess.Path, "-Command",
        $"Start-DnsTunnelMonitor -Interface v1 -StatePath '{_folder}/state.json' -OutFile '{AlertFile}' -Uri http://127.0.0.1:8080/");

    private string[] Alerts()
    {
        if (!File.Exists(AlertFile)) return [];
        try
        {
            return File.ReadAllLines(AlertFile);
        }
        catch (IOException)
        {
            // The monitor is writing.
            return [];
        }
    }

    private static string Domain(string alert) => Json(alert).GetProperty("dns").GetProperty("question").GetProperty("registered_domain").GetString()!;

    private static string Severity(string alert) => Json(alert).GetProperty("dns_tunnel").GetProperty("severity").GetString()!;

    private static JsonElement Json(string alert) => JsonDocument.Parse(alert).RootElement;
}
