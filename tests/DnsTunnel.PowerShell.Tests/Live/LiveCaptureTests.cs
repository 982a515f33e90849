using System.Diagnostics;
using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Start-DnsCapture -Interface on the loopback interface, in a runspace of this process.</summary>
public sealed class LiveCaptureTests : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly ModuleSession _session;
    private readonly LoopbackDns _dns;

    public LiveCaptureTests()
    {
        LiveRequirements.Capture();
        _session = new ModuleSession();
        _dns = new LoopbackDns();
    }

    public void Dispose()
    {
        _over.Cancel();
        _dns?.Dispose();
        _session?.Dispose();
        _over.Dispose();
    }

    [Fact]
    public void Every_query_of_the_duration_comes_once_and_complete()
    {
        const int Queries = 2000;
        var asking = Task.Run(() =>
        {
            Thread.Sleep(1500);
            for (var i = 0; i < Queries; i++)
            {
                _dns.Ask($"n{i}.live.test");
                if (i % 10 == 0) Thread.Sleep(1);
            }
        }, TestContext.Current.CancellationToken);
        var queries = Capture("-Duration 00:00:05 -StatisticsVariable statistics");
        Assert.True(asking.IsCompletedSuccessfully);

        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
        Assert.Equal(Enumerable.Range(0, Queries).Select(i => $"n{i}.live.test"), queries.Select(q => Text(q, "QueryName")));
        Assert.All(queries, q => Assert.Equal($"lo 127.0.0.1 {_dns.Port} NOERROR",
            $"{Text(q, "Source")} {Text(q, "ClientAddress")} {Text(q, "ServerPort")} {Text(q, "ResponseCode")}"));
        Assert.All(queries, q => Assert.InRange(DateTime.UtcNow - (DateTime)q.Properties["Timestamp"].Value, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        var statistics = Assert.Single(_session.Run("$statistics"));
        Assert.Equal([Queries, Queries, 2 * Queries, 0, 0],
            new[] { "Requests", "Responses", "Packets", "KernelDropped", "QueueDropped" }.Select(n => Number(statistics, n)));
    }

    [Fact]
    public void Queries_come_while_it_runs()
    {
        _dns.AskOnAndOn(i => $"n{i}.live.test", _over.Token);
        using var shell = Pipeline("");
        var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(SpinWait.SpinUntil(() => output.Count > 10, TimeSpan.FromSeconds(10)));
        AssertStopsAtOnce(shell, running);
    }

    [Fact]
    public void A_query_without_answer_comes_after_its_time_though_no_packet_follows()
    {
        var clock = Stopwatch.StartNew();
        var asking = Task.Run(() => { Thread.Sleep(1500); _dns.Ask("lost.live.test"); }, TestContext.Current.CancellationToken);
        var query = Assert.Single(Capture("-Count 1 -Duration 00:00:30"));
        Assert.True(asking.IsCompletedSuccessfully);
        Assert.Equal("lost.live.test", Text(query, "QueryName"));
        Assert.Null(query.Properties["ResponseCode"].Value);
        Assert.InRange(clock.Elapsed.TotalSeconds, 10, 20);
    }

    [Fact]
    public void At_the_end_of_the_duration_what_waits_for_an_answer_comes_too()
    {
        _dns.AskOnAndOn(i => $"lost{i}.live.test", _over.Token);
        Assert.NotEmpty(Capture("-Duration 00:00:02"));
    }

    [Fact]
    public void Count_ends_it()
    {
        _dns.AskOnAndOn(i => $"n{i}.live.test", _over.Token);
        Assert.Equal(5, Capture("-Count 5").Count);
    }

    [Fact]
    public void A_pipeline_that_wants_no_more_ends_it_and_the_statistics_are_there()
    {
        _dns.AskOnAndOn(i => $"n{i}.live.test", _over.Token);
        Assert.Single(_session.Run("param($p) foreach ($i in 1) { Start-DnsCapture -Interface lo -Port $p -StatisticsVariable s | ForEach-Object { $_; break } }", ("p", _dns.Port)));
        Assert.True((long)_session.Run("$s[0].Packets")[0].BaseObject > 0);
    }

    [Fact]
    public void Stop_ends_it_at_once_though_no_packet_comes()
    {
        using var shell = Pipeline("");
        var running = shell.BeginInvoke();
        Thread.Sleep(1000);
        AssertStopsAtOnce(shell, running);
    }

    [Fact]
    public void Several_interfaces_are_captured_on_at_once()
    {
        _dns.AskOnAndOn(i => $"n{i}.live.test", _over.Token);
        var sources = _session.Run("param($p) Start-DnsCapture -Interface lo, any, lo -Port $p -Duration 0:0:2 -StatisticsVariable s | ForEach-Object Source", ("p", _dns.Port));
        Assert.Equal(["any", "lo"], sources.Select(s => (string)s.BaseObject).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(2, _session.Run("$s").Count);
    }

    [Fact]
    public void A_pipeline_that_does_not_keep_up_is_a_warning_and_the_numbers_add_up()
    {
        const int Queries = 80000;
        const string Script = """
            param($p)
            Start-DnsCapture -Interface lo -Port $p -Duration 0:0:4 -StatisticsVariable s |
                ForEach-Object { if ($_.QueryName -eq 'slow.live.test') { [Threading.Thread]::Sleep(5000) } }
            """;
        var name = $"lost.{new string('x', 60)}.{new string('y', 60)}.{new string('z', 60)}.live.test";
        var asking = Task.Run(() =>
        {
            Thread.Sleep(1000);
            _dns.Ask("slow.live.test");
            Thread.Sleep(200);
            for (var i = 0; i < Queries; i++) _dns.Ask(name);
        }, TestContext.Current.CancellationToken);

        _session.Run(Script, ("p", _dns.Port));

        Assert.True(asking.IsCompletedSuccessfully);
        Assert.Matches(@"^[\d,]+ packets were lost on 'lo' .*-BufferSize", Assert.Single(_session.Warnings));
        var statistics = Assert.Single(_session.Run("$s"));
        Assert.True(Number(statistics, "QueueDropped") > 0);
        Assert.Equal(Queries + 2, Number(statistics, "Packets") + Number(statistics, "QueueDropped") + Number(statistics, "KernelDropped"));
    }

    private static string? Text(PSObject item, string property) => item.Properties[property].Value?.ToString();

    private static long Number(PSObject item, string property) => (long)item.Properties[property].Value;

    private List<PSObject> Capture(string parameters) => _session.Run("param($p) Start-DnsCapture -Interface lo -Port $p " + parameters, ("p", _dns.Port));

    private System.Management.Automation.PowerShell Pipeline(string parameters) =>
        _session.CreatePipeline("param($p) Start-DnsCapture -Interface lo -Port $p " + parameters, ("p", _dns.Port));

    private static void AssertStopsAtOnce(System.Management.Automation.PowerShell shell, IAsyncResult running)
    {
        var clock = Stopwatch.StartNew();
        shell.Stop();
        Assert.True(clock.ElapsedMilliseconds < 1000, $"{clock.ElapsedMilliseconds} ms");
        Assert.ThrowsAny<Exception>(() => shell.EndInvoke(running));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }
}
