using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;

namespace DnsTunnel.Tests.Response;

/// <summary>A real tunnel of iodine through a real resolver, which is on the host of the client and asks a server at the other end of a cable.</summary>
public sealed class TunnelBlockTests : IDisposable
{
    private const string Domain = "t.tunnel.example", ServerInTunnel = "10.73.9.1";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tunnel_dies_when_its_domain_is_blocked()
    {
        var (iodine, iodined) = (Programs.Require("iodine", "iodine"), Programs.Require("iodined", "iodine"));
        if (!File.Exists("/dev/net/tun")) Assert.Skip("there is no /dev/net/tun");
        using var host = new NetworkNamespace();
        using var far = host.StartOnPeer(iodined, "-f", "-c", "-P", "test", $"{ServerInTunnel}/24", Domain);
        host.Run(() =>
        {
            var forwards = $"forward-zone:\n    name: \"tunnel.example\"\n    forward-addr: {NetworkNamespace.Peer}";
            using var server = new UnboundServer(_folder, forwards, new IPEndPoint(IPAddress.Loopback, 53));
            using var near = Programs.Start(iodine, "-f", "-r", "-T", "TXT", "-P", "test", "127.0.0.1", Domain);
            try
            {
                Wait(() => Answers(), "the tunnel did not open");
                var service = new ResponseService(new ResponseJournal(_folder.File("responses.jsonl")));
                service.Apply(server.Provider, new ResponseRequest(Hostile.Domain("tunnel.example")), Token);
                for (var second = 0; second < 3; second++) Assert.False(Answers());
            }
            finally
            {
                near.Kill();
                near.WaitForExit();
            }
        });
        far.Kill();
        far.WaitForExit();
    }

    /// <summary>Whether a packet comes back through the tunnel: its far end refuses connections.</summary>
    private static bool Answers()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            return socket.ConnectAsync(IPAddress.Parse(ServerInTunnel), 9).Wait(2000, Token);
        }
        catch (AggregateException exception)
        {
            return exception.InnerException is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused };
        }
    }

    private static void Wait(Func<bool> condition, string message)
    {
        for (var end = DateTime.UtcNow.AddSeconds(40); !condition(); Thread.Sleep(200)) Assert.True(DateTime.UtcNow < end, message);
    }
}
