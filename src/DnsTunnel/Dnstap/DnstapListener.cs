using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DnsTunnel.Sources;

namespace DnsTunnel.Dnstap;

/// <summary>
/// Accepts DNS servers that send dnstap, one or several at once. Frames wait in a queue of fixed size; when it is full, connections are
/// not read on, so nothing is dropped here. (Servers drop what they cannot send, rather than wait.)
/// </summary>
internal sealed class DnstapListener : IDisposable
{
    private const int MaxConnections = 64;
    private const int MaxQueued = 1024;

    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Socket> _connections = [];
    private readonly BlockingCollection<DnstapFrame> _frames = new(MaxQueued);

    private DnstapListener(Socket socket)
    {
        _socket = socket;
        Run(Accept);
    }

    /// <summary>Where servers connect to.</summary>
    public string EndPoint => _socket.LocalEndPoint!.ToString()!;

    /// <summary>Listens on a socket file that must not exist, with these rights from its first moment on.</summary>
    /// <exception cref="SocketException">It cannot be made.</exception>
    /// <exception cref="IOException">Its rights cannot be set.</exception>
    /// <exception cref="ArgumentException">The path is too long for a socket (about 100 bytes).</exception>
    public static DnstapListener Open(string path, UnixFileMode mode) => Open(new UnixDomainSocketEndPoint(path), () =>
    {
        // Nobody can connect between Bind and Listen.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    });

    /// <summary>Listens on a TCP port.</summary>
    /// <exception cref="SocketException">It is in use, or not ours.</exception>
    public static DnstapListener Open(IPEndPoint address) => Open(address, () => { });

    /// <summary>Takes the next frame; false when none comes in that time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryTake(TimeSpan wait, CancellationToken token, out DnstapFrame frame) => _frames.TryTake(out frame, (int)wait.TotalMilliseconds, token);

    /// <summary>Ends all connections, after which <see cref="TryTake"/> gives what was received before. Removes the socket file.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _socket.Dispose();
        foreach (var connection in _connections.Values) connection.Dispose();
    }

    /// <summary>The queue and the token have nothing to free, and the threads may use them a moment longer.</summary>
    public void Dispose() => Stop();

    private static DnstapListener Open(EndPoint address, Action bound)
    {
        var isUnix = address.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            bound();
            socket.Listen();
            return new DnstapListener(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Run(Action work) => new Thread(() => work()) { IsBackground = true, Name = "dnstap" }.Start();

    private void Accept()
    {
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            try
            {
                var connection = _socket.Accept();
                if (_connections.Count >= MaxConnections) connection.Dispose();
                else Start(number, connection);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OutOfMemoryException)
            {
                // Closed by Stop; or a peer that was gone at once, or too many open files: the next one may come through.
                if (!_stop.IsCancellationRequested) Thread.Sleep(50);
            }
        }
    }

    private void Start(int number, Socket connection)
    {
        _connections[number] = connection;
        Run(() => Read(number, connection));
        // Stop may have gone over the connections just before.
        if (_stop.IsCancellationRequested) connection.Dispose();
    }

    private void Read(int number, Socket connection)
    {
        string? problem = null;
        try
        {
            using var stream = new NetworkStream(connection, ownsSocket: true);
            using var source = new ByteSource(stream);
            var frames = new FrameStreamReader(source, stream);
            while (frames.TryRead(out var frame)) _frames.Add(new DnstapFrame(number, frame.ToArray(), null), _stop.Token);
        }
        catch (Exception e)
        {
            // Whatever it is: nothing may leave a thread of its own.
            if (!_stop.IsCancellationRequested) problem = e.Message;
        }
        _connections.TryRemove(number, out _);
        try
        {
            _frames.Add(new DnstapFrame(number, null, problem), _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody is interested in the ends of connections any more.
        }
    }
}
