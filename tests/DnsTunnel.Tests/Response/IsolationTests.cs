using System.Net;
using System.Net.Sockets;
using DnsTunnel.Response;
using DnsTunnel.Response.Expiry;
using DnsTunnel.Response.Hosts;
using DnsTunnel.Response.Journal;

namespace DnsTunnel.Tests.Response;

/// <summary>What the rules do to real traffic of a host of its own.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NetworkNamespace _host = new();

    public IsolationTests() => _host.Run(() => NetworkNamespace.Shell(
        "nft -f - <<'E'\ntable inet theirs {\n chain input { type filter hook input priority 0; policy accept; tcp dport 1 drop; }\n}\ntable ip nat { chain post { type nat hook postrouting priority 100; }; }\nE"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResponseService Service => new(new ResponseJournal(_folder.File("responses.jsonl")));

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Open_connections_are_cut_and_new_ones_refused_over_both_protocols()
    {
        using var peer = _host.Echo(NetworkNamespace.Peer, 7001);
        using var peer6 = _host.Echo(NetworkNamespace.Peer6, 7001);
        using var own = _host.Echo(NetworkNamespace.Address, 7002, onHost: true);
        using var outgoing = Connect(NetworkNamespace.Peer, 7001);
        using var outgoing6 = Connect(NetworkNamespace.Peer6, 7001);
        using var incoming = Connect(NetworkNamespace.Address, 7002, onHost: false);
        var before = _host.Rules;

        var response = Apply(new IsolationOptions { IsLocal = true }).Response;

        Assert.All([outgoing, outgoing6, incoming], socket => Assert.False(Works(socket)));
        Assert.False(CanConnect(NetworkNamespace.Peer, 7001));
        Assert.False(CanConnect(NetworkNamespace.Peer6, 7001));
        Assert.False(CanConnect(NetworkNamespace.Address, 7002, onHost: false));
        Assert.True(CanConnect(NetworkNamespace.Address, 7002));

        Assert.Null(Undo(response));
        Assert.Equal(before, _host.Rules);
        Assert.True(CanConnect(NetworkNamespace.Peer, 7001));
        Assert.True(CanConnect(NetworkNamespace.Peer6, 7001));
    }

    [Fact]
    public void Whoever_manages_the_host_stays_and_so_does_what_is_allowed()
    {
        using var ssh = _host.Echo(NetworkNamespace.Address, 22, onHost: true);
        using var other = _host.Echo(NetworkNamespace.Address, 7002, onHost: true);
        using var allowed = _host.Echo(NetworkNamespace.OtherPeer, 7003);
        using var allowed6 = _host.Echo(NetworkNamespace.Peer6, 7003);
        using var session = Connect(NetworkNamespace.Address, 22, onHost: false);

        Apply(new IsolationOptions
        {
            IsLocal = true,
            Management = [new(IPAddress.Parse(NetworkNamespace.Peer), 22)],
            Allowed = [AddressRange.Parse(NetworkNamespace.OtherPeer), AddressRange.Parse("fd73:1::/64")],
        });

        Assert.True(Works(session));
        Assert.True(CanConnect(NetworkNamespace.Address, 22, onHost: false));
        Assert.False(CanConnect(NetworkNamespace.Address, 7002, onHost: false));
        Assert.True(CanConnect(NetworkNamespace.OtherPeer, 7003));
        Assert.True(CanConnect(NetworkNamespace.Peer6, 7003));
    }

    [Theory]
    [InlineData(DnsTunnelAction.IsolateHost, false)]
    [InlineData(DnsTunnelAction.PinResolver, true)]
    internal void Chosen_resolvers_stay_and_others_go(DnsTunnelAction action, bool othersStay)
    {
        using var resolver = _host.Echo(NetworkNamespace.Peer, 53);
        using var encrypted = _host.Echo(NetworkNamespace.Peer, 853);
        using var rogue = _host.Echo(NetworkNamespace.OtherPeer, 53);
        using var web = _host.Echo(NetworkNamespace.OtherPeer, 80);
        var before = _host.Rules;
        var response = Apply(new IsolationOptions { IsLocal = true, Resolvers = [IPAddress.Parse(NetworkNamespace.Peer)] }, action).Response;

        Assert.True(CanConnect(NetworkNamespace.Peer, 53));
        Assert.True(CanConnect(NetworkNamespace.Peer, 853));
        Assert.False(CanConnect(NetworkNamespace.OtherPeer, 53));
        Assert.Equal(othersStay, CanConnect(NetworkNamespace.OtherPeer, 80));
        Undo(response);
        Assert.Equal(before, _host.Rules);
    }

    [Fact]
    public void A_second_isolation_finds_the_first()
    {
        var first = Apply(new IsolationOptions());
        var rules = _host.Rules;
        var second = Apply(new IsolationOptions { Allowed = [AddressRange.Parse("10.0.0.0/8")] });

        Assert.Equal((true, false, first.Response.Id), (first.Changed, second.Changed, second.Response.Id));
        Assert.Equal(rules, _host.Rules);
    }

    [Fact]
    public void Of_many_at_once_one_isolates()
    {
        var before = _host.Rules;
        var outcomes = new ResponseOutcome[6];
        Parallel.For(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Token }, i => outcomes[i] = Apply(new IsolationOptions()));

        var id = Assert.Single(outcomes, outcome => outcome.Changed).Response.Id;
        Assert.All(outcomes, outcome => Assert.Equal(id, outcome.Response.Id));
        Assert.Null(Undo(outcomes[0].Response));
        Assert.Equal(before, _host.Rules);
        var content = new ResponseJournal(_folder.File("responses.jsonl")).Read(Token);
        Assert.Empty(content.BrokenLines.Concat(content.ForeignLines));
    }

    [Fact]
    public void A_table_that_others_changed_is_left_alone_unless_forced()
    {
        var before = _host.Rules;
        var response = Apply(new IsolationOptions()).Response;
        _host.Run(() => NetworkNamespace.Shell($"nft add rule inet dnstunnel_{response.Id} output ip daddr 192.0.2.1 accept"));
        var changed = _host.Rules;

        Assert.Equal(ResponseError.ResponseChanged, Assert.Throws<ResponseException>(() => Undo(response)).Error);
        Assert.Equal(changed, _host.Rules);
        Assert.NotNull(Undo(response, force: true));
        Assert.Equal(before, _host.Rules);
    }

    [Fact]
    public void Rules_that_do_not_work_are_taken_back()
    {
        var before = _host.Rules;
        _host.Run(() => NetworkNamespace.Shell("ip route add default via 10.73.1.2"));
        var exception = Assert.Throws<ResponseException>(() => Apply(new IsolationOptions { IsLocal = true }, provider: new IneffectiveProvider()));

        Assert.Equal(ResponseError.ResponseNotEffective, exception.Error);
        Assert.Equal(before, _host.Rules);
        Assert.Equal(DnsTunnelResponseStatus.Failed, Assert.Single(new ResponseJournal(_folder.File("responses.jsonl")).Read(Token).Responses).Status);
    }

    [Fact]
    public void It_ends_by_itself_when_its_time_is_over()
    {
        Programs.Require("at", "at");
        var daemon = Programs.Require("atd", "at");
        if (File.Exists("/run/atd.pid")) Assert.Skip("a daemon of at runs on this machine, outside of the namespace");
        var before = _host.Rules;
        using var atd = _host.Run(() => Programs.Start(daemon, "-f"));
        try
        {
            var provider = new ExpiringProvider(new NftProvider(new IsolationOptions()), TimerKind.At, null);
            var response = Apply(null, provider: provider, expiresAfter: TimeSpan.FromSeconds(1)).Response;
            Assert.NotEqual(before, _host.Rules);

            var end = DateTime.UtcNow.AddSeconds(150);
            while (_host.Rules != before && DateTime.UtcNow < end) Thread.Sleep(500);
            Assert.Equal(before, _host.Rules);
            Assert.True(DateTime.UtcNow > response.ExpiresAt, "it ended early");
            Assert.Contains("not there any more", Undo(response));
        }
        finally
        {
            atd.Kill();
            atd.WaitForExit();
            File.Delete("/run/atd.pid");
        }
    }

    [Fact]
    public void A_real_tunnel_dies_when_its_host_is_isolated()
    {
        var (iodined, iodine) = (Programs.Require("iodined", "iodine"), Programs.Require("iodine", "iodine"));
        if (!File.Exists("/dev/net/tun")) Assert.Skip("there is no /dev/net/tun");
        using var server = _host.StartOnPeer(iodined, "-f", "-c", "-P", "test", "-l", NetworkNamespace.Peer, "10.74.1.1/24", "t.tunnel.example");
        Thread.Sleep(1500);
        using var client = _host.Run(() => Programs.Start(iodine, "-f", "-r", "-T", "TXT", "-P", "test", NetworkNamespace.Peer, "t.tunnel.example"));
        try
        {
            using var beyond = EchoThroughTunnel();
            Assert.True(WaitFor(() => CanConnect("10.74.1.1", 7005)), "the tunnel did not come up");

            var response = Apply(new IsolationOptions { IsLocal = true }).Response;
            Assert.False(CanConnect("10.74.1.1", 7005));
            Undo(response);
        }
        finally
        {
            foreach (var process in new[] { client, server })
            {
                process.Kill();
                process.WaitForExit();
            }
        }
    }

    private TcpListener EchoThroughTunnel()
    {
        TcpListener? made = null;
        Assert.True(WaitFor(() =>
        {
            try
            {
                made = _host.Echo("10.74.1.1", 7005);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }), "the server of the tunnel has no address");
        return made!;
    }

    private static bool WaitFor(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < end; Thread.Sleep(200))
        {
            if (condition()) return true;
        }
        return false;
    }

    private ResponseOutcome Apply(
        IsolationOptions? options, DnsTunnelAction action = DnsTunnelAction.IsolateHost, IResponseProvider? provider = null, TimeSpan? expiresAfter = null) =>
        _host.Run(() => Service.Apply(provider ?? new NftProvider(options!), new ResponseRequest(action, "host") { ExpiresAfter = expiresAfter }, Token));

    private string? Undo(DnsTunnelResponse response, bool force = false) => _host.Run(() => Service.Undo(response.Id, Token, force)).Response.Note;

    private Socket Connect(string address, int port, bool onHost = true)
    {
        var socket = _host.Socket(address, onHost);
        socket.Connect(new IPEndPoint(IPAddress.Parse(address), port));
        Assert.True(Works(socket));
        return socket;
    }

    private bool CanConnect(string address, int port, bool onHost = true)
    {
        using var socket = _host.Socket(address, onHost);
        var connected = socket.BeginConnect(new IPEndPoint(IPAddress.Parse(address), port), null, null);
        return connected.AsyncWaitHandle.WaitOne(1000) && socket.Connected && Works(socket);
    }

    private static bool Works(Socket socket)
    {
        try
        {
            return socket.Send([1]) == 1 && socket.Receive(new byte[1]) == 1;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
