using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A DNS server and its client on the loopback address, at a port that nobody else has. Names that begin with "lost" get no answer.</summary>
internal sealed class LoopbackDns : IDisposable
{
    private readonly Socket _server = Bound();
    private readonly Socket _client = Bound();
    private readonly Thread _thread;
    private ushort _id;

    public LoopbackDns()
    {
        _thread = new Thread(() => UntilClosed(Serve)) { IsBackground = true };
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_server.LocalEndPoint!).Port;

    /// <summary>Asks, and waits for the answer where there is one.</summary>
    public void Ask(string name)
    {
        _client.SendTo(Query(name, ++_id), _server.LocalEndPoint!);
        if (!name.StartsWith("lost", StringComparison.Ordinal)) _client.Receive(new byte[512]);
    }

    /// <summary>Asks again and again until the test is over, for captures that begin some time.</summary>
    public void AskOnAndOn(Func<int, string> name, CancellationToken until) => new Thread(() => UntilClosed(() =>
    {
        for (var i = 0; !until.IsCancellationRequested; i++)
        {
            Ask(name(i));
            Thread.Sleep(2);
        }
    })) { IsBackground = true }.Start();

    public void Dispose()
    {
        _server.Dispose();
        _thread.Join();
        _client.Dispose();
    }

    private void Serve()
    {
        var buffer = new byte[512];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            var length = _server.ReceiveFrom(buffer, ref from);
            buffer[2] |= 0x80; // a response; and nothing but the question in it
            if (Encoding.ASCII.GetString(buffer, 13, 4) != "lost") _server.SendTo(buffer.AsSpan(0, length), SocketFlags.None, from);
        }
    }

    /// <summary>Dispose ends the threads by closing what they wait for; an exception out of a thread would end the test run.</summary>
    private static void UntilClosed(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed by Dispose.
        }
    }

    private static byte[] Query(string name, ushort id) =>
    [
        (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0, 0, 1, 0, 1,
    ];

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 0 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
