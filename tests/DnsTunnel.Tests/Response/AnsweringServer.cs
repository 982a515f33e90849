using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace DnsTunnel.Tests.Response;

/// <summary>The rest of the world for a resolver on the loopback address: every name has data of every type.</summary>
internal sealed class AnsweringServer : IDisposable
{
    public const string Address = "192.0.2.1";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _thread;

    public AnsweringServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _thread = new(Serve) { IsBackground = true };
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        var buffer = new byte[4096];
        EndPoint client = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                var length = _socket.ReceiveFrom(buffer, ref client);
                _socket.SendTo(Answer(buffer.AsSpan(0, length)), client);
            }
        }
        catch (SocketException)
        {
            // The test has ended.
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private static byte[] Answer(ReadOnlySpan<byte> request)
    {
        var end = 12;
        while (request[end] != 0) end += request[end] + 1;
        end += 5;
        var type = BinaryPrimitives.ReadUInt16BigEndian(request[(end - 4)..]);
        byte[] data = type switch { 1 => [192, 0, 2, 1], 28 => [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], _ => [2, (byte)'h', (byte)'i'] };
        byte[] record = [0xC0, 12, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data];
        return [.. request[..2], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. request[12..end], .. record];
    }
}
