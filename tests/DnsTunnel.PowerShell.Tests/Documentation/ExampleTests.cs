namespace DnsTunnel.PowerShell.Tests;

/// <summary>The scripts of examples/ for a scheduled task and for remedies of one's own; the walk has a test of its own.</summary>
public sealed class ExampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel-example-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_scheduled_one_tells_each_tunnel_once_and_says_so_by_exit_code()
    {
        var server = new ZeekLog(Path.Combine(_folder, "dns.log"), seed: 2);
        server.Tunnel(200, DateTime.UtcNow.AddMinutes(-1), TimeSpan.FromSeconds(30), "tunnel.example", "192.0.2.7");
        Assert.Equal(new ShellProcess(2, "", ""), Watch(server.Path));
        Assert.Equal(new ShellProcess(0, "", ""), Watch(server.Path));

        var log = File.ReadAllLines(Path.Combine(_folder, "watch.log"));
        Assert.Equal(3, log.Length);
        Assert.Contains(" tunnel.example asked by 192.0.2.7: score ", log[0], StringComparison.Ordinal);
        Assert.EndsWith(" 1 new, 0 errors", log[1]);
        Assert.EndsWith(" 0 new, 0 errors", log[2]);
        Assert.Single(File.ReadLines(Path.Combine(_folder, "alerts.ndjson")));
    }

    [Fact]
    public void The_scheduled_one_fails_and_says_why_when_it_cannot_look()
    {
        Assert.Equal(1, Watch(Path.Combine(_folder, "none.log")).ExitCode);
        Assert.Contains("ERROR ", File.ReadAllText(Path.Combine(_folder, "watch.log")), StringComparison.Ordinal);
        Assert.Contains("none.log", File.ReadAllText(Path.Combine(_folder, "watch.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_remedy_gets_the_findings_of_the_pipeline()
    {
        var run = Remedy("{ param($finding) \"ticket for $($finding.Clients): $($finding.Domain)\" } -Confirm:$false");
        Assert.Equal(new ShellProcess(0, "ticket for 10.99.0.1: tunnel.test\nticket for 10.71.1.2: tunnel.example\n", ""), run);
    }

    [Fact]
    public void A_remedy_is_not_run_with_WhatIf()
    {
        var run = Remedy("{ 'done' } -WhatIf");
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("done", run.Output, StringComparison.Ordinal);
        Assert.Contains("What if: Performing the operation \"Remedy\" on target \"tunnel.test, asked by 10.99.0.1\".", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_remedy_that_fails_does_not_keep_the_next_from_running()
    {
        var run = Remedy("{ param($finding) if ($finding.Domain -eq 'tunnel.test') { throw 'no such port' }; 'done' } -Confirm:$false");
        Assert.Equal("done\n", run.Output);
        Assert.Contains("The remedy for 'tunnel.test' failed: no such port", run.Error, StringComparison.Ordinal);
    }

    private ShellProcess Watch(string path) => ShellProcess.Run("-File", Repository.Path("examples/Watch-DnsLog.ps1"), "-Path", path, "-Folder", _folder);

    private static ShellProcess Remedy(string rest) =>
        ShellProcess.Run("-Command", $"Test-DnsTunneling -Path '{Captures.Folder}' | & '{Repository.Path("examples/Invoke-Remedy.ps1")}' {rest}");
}
