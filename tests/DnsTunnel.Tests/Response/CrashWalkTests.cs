using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Accounts;
using DnsTunnel.Response.Expiry;
using DnsTunnel.Response.Hosts;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

/// <summary>The process dies before and after every step of every action; undo by another one brings back what was before.</summary>
public sealed class CrashWalkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DnsTunnelAction.IsolateHost)]
    [InlineData(DnsTunnelAction.PinResolver)]
    public void Rules_and_timers(DnsTunnelAction action)
    {
        Programs.Require("at", "at");
        using var host = new NetworkNamespace();
        host.Run(() =>
        {
            NetworkNamespace.Shell("nft add table inet theirs");
            var options = new IsolationOptions { Resolvers = [IPAddress.Parse(NetworkNamespace.Peer)] };
            Walk(new ExpiringProvider(new NftProvider(options), TimerKind.At, null), new ResponseRequest(action, "host") { ExpiresAfter = TimeSpan.FromHours(1) },
                2, () => NetworkNamespace.Shell($"nft list ruleset; {Jobs}"), new LocalScriptRunner());
        });
    }

    [Fact]
    public void Accounts()
    {
        using var accounts = new AccountFolder("eve:$6$salt$hash:19000:0:99999:7:::");
        var before = AccountState.Read(accounts.Runner, DnsTunnelPlatform.Linux, "eve", Token);
        Walk(new AccountProvider("eve", DnsTunnelPlatform.Linux, before, []), new ResponseRequest(DnsTunnelAction.DisableAccount, "eve"), 1, () => accounts.Text, accounts.Runner);
    }

    [Fact]
    public void Zones_that_are_loaded_again()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("runs scripts of the POSIX shell");
        var zone = _folder.File("policy.zone", "@ SOA a. b. 7 1 1 1 1\n NS a.\n");
        string Rules() => string.Join('\n', File.ReadAllLines(zone)[1..]);
        Walk(new RpzProvider(zone), new ResponseRequest(Hostile.Domain("blocked.example")), 1, Rules, new LocalScriptRunner());
    }

    /// <summary>Lists the jobs of at that this journal knows of; the queue is that of the machine.</summary>
    private string Jobs =>
        $"for job in $(atq | cut -f 1); do id=$(at -c $job | sed -n 's/^# dnstunnel-//p'); if [ -n \"$id\" ] && grep -q $id {_folder.File("responses.jsonl")}; then echo $id; fi; done; true";

    private void Walk(IResponseProvider provider, ResponseRequest request, int steps, Func<string> look, IScriptRunner runner)
    {
        var journal = new ResponseJournal(_folder.File("responses.jsonl"));
        var before = look();
        for (var step = 0; step < steps; step++)
        {
            foreach (var point in new[] { CrashPoint.BeforeStep, CrashPoint.AfterStep })
            {
                Assert.Equal(steps, provider.Plan(request).Steps.Count);
                Assert.Throws<CrashException>(() => new ResponseService(journal, runner).Apply(new CrashingProvider(provider, point, step), request, Token));
                Assert.Equal(step == 0 && point == CrashPoint.BeforeStep, before == look());
                UndoAll(journal, runner);
                Assert.Equal(before, look());

                // Not undone, but asked for again: done once.
                Assert.Throws<CrashException>(() => new ResponseService(journal, runner).Apply(new CrashingProvider(provider, point, step), request, Token));
                Assert.True(new ResponseService(journal, runner).Apply(provider, request, Token).Changed);
                Assert.False(new ResponseService(journal, runner).Apply(provider, request, Token).Changed);
                Assert.Single(UndoAll(journal, runner));
                Assert.Equal(before, look());
            }
        }

        // Death after each step of undo: it starts again and finds the rest.
        var response = new ResponseService(journal, runner).Apply(provider, request, Token).Response;
        var atDeath = File.ReadAllBytes(journal.FilePath);
        new ResponseService(journal, runner).Undo(response.Id, Token);
        File.WriteAllBytes(journal.FilePath, atDeath);
        Assert.Equal(DnsTunnelResponseStatus.Undone, new ResponseService(journal, runner).Undo(response.Id, Token).Response.Status);
        Assert.Equal(before, look());
    }

    private static List<DnsTunnelResponse> UndoAll(ResponseJournal journal, IScriptRunner runner)
    {
        var open = journal.Read(Token).Responses.Where(r => r.IsOpen).ToList();
        foreach (var response in open) Assert.Equal(DnsTunnelResponseStatus.Undone, new ResponseService(journal, runner).Undo(response.Id, Token).Response.Status);
        return open;
    }
}
