using System.Diagnostics;
using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>What Stop-Job and Ctrl+C do: a source without an end ends at once, and its statistics tell what was read.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Captures _captures = new();
    private readonly ModuleSession _session = new();

    public void Dispose()
    {
        _session.Dispose();
        _captures.Dispose();
    }

    [Fact]
    public void A_live_capture()
    {
        LiveRequirements.Capture();
        using var over = new CancellationTokenSource();
        using var dns = new LoopbackDns();
        dns.AskOnAndOn(i => $"n{i}.live.test", over.Token);
        var emitted = StopAfter(50, "Start-DnsCapture -Interface lo -Port $p -StatisticsVariable s", dns.Port);
        over.Cancel();

        // What was read when the stop came may have been on its way to the pipeline.
        var statistics = Assert.Single(_session.Run("$s"));
        Assert.InRange((long)statistics.Properties["Queries"].Value, emitted, emitted + 10_000);
        Assert.InRange((long)statistics.Properties["Packets"].Value, 2 * emitted, long.MaxValue);
        Assert.Equal(0L, statistics.Properties["QueueDropped"].Value);
        Assert.InRange((DateTime)statistics.Properties["LastSeen"].Value, (DateTime)statistics.Properties["FirstSeen"].Value, DateTime.UtcNow);
    }

    [Fact]
    public void A_log_that_is_followed()
    {
        var lines = string.Concat(Enumerable.Range(0, 50).Select(i => $"24-Nov-2026 10:28:{i:00}.525 client 192.0.2.1#5 (n): query: n{i}.example IN A + (192.0.2.53)\n"));
        var path = _captures.Write("dns.log", System.Text.Encoding.ASCII.GetBytes(lines));
        Assert.Equal(50, StopAfter(50, "Import-DnsLog $p -Wait -StatisticsVariable s", path));
        var statistics = Assert.Single(_session.Run("$s"));
        Assert.Equal([path, 50L, 50L, new DateTime(2026, 11, 24, 10, 28, 49, 525, DateTimeKind.Utc)],
            new[] { "Source", "Queries", "Lines", "LastSeen" }.Select(n => statistics.Properties[n].Value));
    }

    [Fact]
    public void Servers_of_dnstap_that_do_not_come()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a Unix socket");
        var path = Path.Combine(_captures.Temporary, "s");
        Assert.Equal(0, StopAfter(0, "Import-DnsLog -DnstapSocket $p -StatisticsVariable s", path));
        Assert.False(File.Exists(path));
        Assert.Equal("DnstapStatistics", Assert.Single(_session.Run("$s")).BaseObject.GetType().Name);
    }

    /// <summary>Stops a pipeline that has emitted so much, and returns how much there is at its end.</summary>
    private int StopAfter(int count, string script, object argument)
    {
        using var shell = _session.CreatePipeline("param($p) " + script, ("p", argument));
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(SpinWait.SpinUntil(() => output.Count >= count, s_patience), $"{output.Count} of {count}");
        if (count == 0) Thread.Sleep(1000);

        var clock = Stopwatch.StartNew();
        var stopping = shell.BeginStop(null, null);
        Assert.True(running.AsyncWaitHandle.WaitOne(s_patience), "still running");
        shell.EndStop(stopping);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);
        return output.Count;
    }
}
