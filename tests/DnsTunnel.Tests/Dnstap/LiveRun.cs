using System.Net;
using System.Net.Sockets;
using DnsTunnel.Dnstap;
using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.Tests.Dnstap;

/// <summary>A dnstap server that listens, and what it received.</summary>
internal sealed class LiveRun : IDisposable
{
    private readonly DnstapListener _listener;

    public LiveRun(DnstapListener listener)
    {
        _listener = listener;
        Server = new DnstapServer(listener, new QueryBuilder(PublicSuffixList.Default, listener.EndPoint, Queries.Add));
    }

    public DnstapServer Server { get; }

    public List<DnsQuery> Queries { get; } = [];

    public static LiveRun OnSocket(string path) => new(DnstapListener.Open(path, UnixFileMode.UserRead | UnixFileMode.UserWrite));

    public static LiveRun OnTcp() => new(DnstapListener.Open(new IPEndPoint(IPAddress.Loopback, 0)));

    /// <summary>A connection of a sender of the test.</summary>
    public NetworkStream Connect()
    {
        EndPoint address = IPEndPoint.TryParse(_listener.EndPoint, out var tcp) ? tcp : new UnixDomainSocketEndPoint(_listener.EndPoint);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(address);
        return new NetworkStream(socket, ownsSocket: true) { ReadTimeout = 10_000 };
    }

    /// <summary>Receives until a condition holds, for 20 seconds at most.</summary>
    public void Until(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow.AddSeconds(20); !condition() && DateTime.UtcNow < end;) Server.Advance(TimeSpan.FromMilliseconds(100), CancellationToken.None);
    }

    public void Dispose() => Server.Dispose();
}
