using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DnsTunnel.Tests.Delivery;

/// <summary>A syslog server on loopback that takes streams apart by their octet counts, whatever the parts they come in.</summary>
internal sealed class SyslogServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly TaskCompletionSource<List<string>> _first = new();

    public SyslogServer(X509Certificate2? certificate = null, int port = 0)
    {
        _certificate = certificate;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _ = TakeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The messages of the first connection, when the client has ended it.</summary>
    public Task<List<string>> Messages => _first.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Dispose() => _listener.Dispose();

    private async Task TakeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using Stream stream = _certificate is null ? client.GetStream() : new SslStream(client.GetStream());
            if (stream is SslStream tls) await tls.AuthenticateAsServerAsync(_certificate!);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            _first.SetResult(Split(content.ToArray()));
        }
        catch (Exception exception)
        {
            _first.TrySetException(exception);
        }
    }

    private static List<string> Split(ReadOnlySpan<byte> content)
    {
        var messages = new List<string>();
        while (content.Length > 0)
        {
            var space = content.IndexOf((byte)' ');
            var length = int.Parse(Encoding.ASCII.GetString(content[..space]));
            messages.Add(Encoding.UTF8.GetString(content.Slice(space + 1, length)));
            content = content[(space + 1 + length)..];
        }
        return messages;
    }
}
