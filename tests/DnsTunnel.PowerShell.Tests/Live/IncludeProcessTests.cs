namespace DnsTunnel.PowerShell.Tests;

/// <summary>-IncludeProcess names who asked on this computer.</summary>
public sealed class IncludeProcessTests
{
    [Fact]
    public void The_process_that_asked_is_named_with_its_program_and_user()
    {
        LiveRequirements.Capture();
        using var over = new CancellationTokenSource();
        using var session = new ModuleSession();
        using var dns = new LoopbackDns();
        dns.AskOnAndOn(i => $"n{i}.live.test", over.Token);

        var queries = session.Run("param($p) Start-DnsCapture -Interface lo -Port $p -Count 20 -Duration 0:0:10 -IncludeProcess", ("p", dns.Port));
        over.Cancel();

        Assert.Equal(20, queries.Count);
        Assert.Equal([$"{Environment.ProcessId} {Path.GetFileName(Environment.ProcessPath)} {Environment.ProcessPath} {Environment.UserName}"],
            queries.Select(q => string.Join(' ', new[] { "ProcessId", "ProcessName", "ProcessPath", "UserName" }.Select(n => q.Properties[n].Value))).Distinct());
    }

    [Fact]
    public void Without_the_parameter_nothing_is_looked_for()
    {
        LiveRequirements.Capture();
        using var over = new CancellationTokenSource();
        using var session = new ModuleSession();
        using var dns = new LoopbackDns();
        dns.AskOnAndOn(i => $"n{i}.live.test", over.Token);
        Assert.Null(session.Run("param($p) Start-DnsCapture -Interface lo -Port $p -Count 1", ("p", dns.Port))[0].Properties["ProcessId"].Value);
        over.Cancel();
    }
}
