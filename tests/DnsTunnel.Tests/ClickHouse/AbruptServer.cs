using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DnsTunnel.Tests.ClickHouse;

/// <summary>A server that says the same to everybody, and hangs up.</summary>
internal sealed class AbruptServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public AbruptServer(string answer)
    {
        _listener.Start();
        _ = ServeAsync(Encoding.Latin1.GetBytes(answer));
    }

    public Uri Uri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(byte[] answer)
    {
        using var connection = await _listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var request = new byte[1 << 16];
        // All of it, or the end of the connection would come as a reset.
        for (var length = 0; !Encoding.Latin1.GetString(request, 0, length).EndsWith("FORMAT RowBinary", StringComparison.Ordinal);)
        {
            length += await stream.ReadAsync(request.AsMemory(length));
        }

        await stream.WriteAsync(answer);
    }
}
