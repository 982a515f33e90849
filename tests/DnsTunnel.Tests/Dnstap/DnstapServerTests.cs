using System.Net.Sockets;
using DnsTunnel.Dnstap;
using DnsTunnel.Tests.Response;
using static DnsTunnel.Tests.Dnstap.FrameStreamBuilder;

namespace DnsTunnel.Tests.Dnstap;

public sealed class DnstapServerTests : IDisposable
{
    private static readonly byte[] s_accept = Control(1, ContentType);
    private static readonly byte[] s_finish = Control(5);

    private readonly TemporaryFolder _folder = new();

    private string SocketPath => Path.Combine(_folder.Path, "dnstap.sock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_handshake_is_answered_and_the_frames_are_taken()
    {
        using var run = LiveRun.OnSocket(SocketPath);
        using (var sender = run.Connect())
        {
            sender.Write(Ready);
            Assert.Equal(s_accept, Read(sender, s_accept.Length));
            sender.Write([.. Start, .. Data(Query(1)), .. Data(Answer(1)), .. Stop]);
            Assert.Equal(s_finish, Read(sender, s_finish.Length));
            Assert.Equal(0, sender.ReadByte() + 1);
        }
        run.Until(() => run.Queries.Count > 0);
        Assert.Equal(("a1.example.org", "NXDOMAIN", SocketPath), (run.Queries[0].QueryName, run.Queries[0].ResponseCode, run.Queries[0].Source));
        Assert.Empty(run.Server.Problems);
    }

    [Fact]
    public void A_sender_that_shakes_no_hands_is_taken_too()
    {
        using var run = LiveRun.OnTcp();
        using var sender = run.Connect();
        sender.Write([.. Start, .. Data(Query(1)), .. Data(Answer(1))]);
        run.Until(() => run.Queries.Count > 0);
        Assert.Single(run.Queries);
    }

    [Fact]
    public void Several_senders_have_transactions_of_their_own()
    {
        using var run = LiveRun.OnTcp();
        using var first = run.Connect();
        using var second = run.Connect();
        // The same query at both, as of a forwarder and its upstream; the second tells from a farther viewpoint only.
        first.Write([.. Start, .. Data(Query(1))]);
        second.Write([.. Start, .. Data(Frame(DnstapType.ResolverQuery, Message(1, "a1.example.org"), null))]);
        second.Write(Data(Frame(DnstapType.ResolverResponse, null, Message(1, "a1.example.org", response: true))));
        first.Write(Data(Answer(1)));
        run.Until(() => run.Server.Statistics.Packets == 4);
        run.Server.Complete();
        Assert.Equal(["NXDOMAIN", "NXDOMAIN"], run.Queries.Select(q => q.ResponseCode));
    }

    [Fact]
    public void A_far_viewpoint_that_stays_alone_is_taken_while_the_sender_is_silent()
    {
        using var run = LiveRun.OnTcp();
        using var sender = run.Connect();
        sender.Write([.. Start, .. Data(Frame(DnstapType.ResolverQuery, Message(1, "a"), null)), .. Data(Frame(DnstapType.ResolverResponse, null, Message(1, "a", response: true)))]);
        for (var i = 0; i < 5 && run.Queries.Count == 0; i++) run.Server.Advance(TimeSpan.FromSeconds(2), CancellationToken.None);
        Assert.Single(run.Queries);
    }

    [Fact]
    public void A_sender_of_something_else_is_turned_away_and_the_others_stay()
    {
        using var run = LiveRun.OnTcp();
        using var good = run.Connect();
        good.Write(Start);
        using (var bad = run.Connect()) bad.Write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8);
        run.Until(() => run.Server.Problems.Count > 0);
        Assert.Contains("corrupt", Assert.Single(run.Server.Problems), StringComparison.Ordinal);
        good.Write(Data(Query(1)));
        run.Until(() => run.Server.Statistics.Packets == 1);
        run.Server.Complete();
        Assert.Single(run.Queries);
    }

    [Fact]
    public void What_was_received_before_the_end_is_not_lost()
    {
        using var run = LiveRun.OnTcp();
        using var sender = run.Connect();
        sender.Write([.. Start, .. Enumerable.Range(0, 100).SelectMany(i => Data(Query(i)))]);
        run.Until(() => run.Server.Statistics.Packets > 0);
        Thread.Sleep(500);
        run.Server.Complete();
        Assert.Equal(100, run.Queries.Count);
    }

    [Fact]
    public void The_socket_is_private_and_is_removed_at_the_end()
    {
        using (LiveRun.OnSocket(SocketPath))
        {
            Assert.True(System.IO.File.Exists(SocketPath));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(SocketPath));
        }
        Assert.False(System.IO.File.Exists(SocketPath));
    }

    [Fact]
    public void A_socket_that_is_there_is_an_error_and_stays()
    {
        using var run = LiveRun.OnSocket(SocketPath);
        Assert.Throws<SocketException>(() => LiveRun.OnSocket(SocketPath));
        using var sender = run.Connect();
    }

    [Fact]
    public void Waiting_ends_with_its_token()
    {
        using var run = LiveRun.OnTcp();
        using var stop = new CancellationTokenSource(100);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        run.Server.Advance(TimeSpan.FromSeconds(30), stop.Token);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 0.9);
    }

    private static byte[] Query(int id) => Frame(DnstapType.ClientQuery, Message((ushort)id, $"a{id}.example.org"), null);

    private static byte[] Answer(int id) => Frame(DnstapType.ClientResponse, null, Message((ushort)id, $"a{id}.example.org", response: true));

    private static byte[] Read(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
