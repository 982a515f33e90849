using DnsTunnel.Response;
using DnsTunnel.Response.Journal;

namespace DnsTunnel.Tests.Response;

/// <summary>Everything is killed at every command of a block and of its undoing; undo by another process brings back what was before.</summary>
public sealed class KilledBlockTests : IDisposable
{
    private const int Enough = 40;

    private static readonly string[] s_commands = ["cat", "mv", "rm", "unbound-checkconf", "unbound-control", "dnsmasq", "service", "rc-service", "systemctl"];

    private readonly TemporaryFolder _folder = new();
    private readonly AnsweringServer _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResponseJournal Journal => new(_folder.File("responses.jsonl"));

    public void Dispose()
    {
        _world.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("unbound", "before")]
    [InlineData("unbound", "after")]
    [InlineData("dnsmasq", "before")]
    [InlineData("dnsmasq", "after")]
    public void Undo_brings_back_what_was_before(string kind, string when)
    {
        using IResolver server = kind == "unbound" ? new UnboundServer(_folder, UnboundServer.All(_world)) : new DnsmasqServer(_folder, _world);
        var killer = new KillingRunner(_folder, server.Runner, s_commands);
        var before = Look(server);
        for (var n = 1; n <= Enough; n++)
        {
            killer.Plan(n, when);
            var wasKilled = !TryAct(new ResponseService(Journal, killer), server);
            UndoAll(server);
            Assert.Equal(before, Look(server));
            if (wasKilled) continue;
            Assert.InRange(n, 8, Enough);
            return;
        }
        Assert.Fail("it never came to its end");
    }

    /// <summary>Blocks and undoes; false when it died on the way.</summary>
    private static bool TryAct(ResponseService service, IResolver server)
    {
        try
        {
            var response = service.Apply(server.Provider, new ResponseRequest(Hostile.Domain("blocked.example")), Token).Response;
            Assert.Equal("NXDOMAIN", Dig.Status(server.EndPoint, "blocked.example"));
            service.Undo(response.Id, Token);
            return true;
        }
        catch (CrashException)
        {
            return false;
        }
    }

    private void UndoAll(IResolver server)
    {
        foreach (var response in Journal.Read(Token).Responses.Where(r => r.IsOpen))
            Assert.Equal(DnsTunnelResponseStatus.Undone, new ResponseService(Journal, server.Runner).Undo(response.Id, Token).Response.Status);
    }

    private static string Look(IResolver server) => string.Join('\n', Directory.GetFileSystemEntries(server.Folder)) + server.State;
}
