using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace DnsTunnel.Delivery;

/// <summary>A syslog server. Streams stay open between messages and are made anew when the server has closed them.</summary>
internal sealed class SyslogReceiver(SyslogEndpoint endpoint, SyslogTransport transport, SyslogFormat format, ServerTrust? trust = null) : IReceiver
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    private Socket? _socket;
    private Stream? _stream;

    public string Name { get; } = $"{transport.ToString().ToLowerInvariant()}://{endpoint}";

    public string FileExtension => ".syslog";

    public byte[] Encode(DnsTunnelFinding finding) => SyslogMessage.Write(finding, format, DateTime.UtcNow);

    public byte[] Encode(SourceNotice notice) => SyslogMessage.Write(notice, format);

    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            if (_socket is null || IsClosedByPeer(_socket)) await ConnectAsync(limit.Token).ConfigureAwait(false);
            if (_stream is null) await _socket!.SendAsync(message, limit.Token).ConfigureAwait(false);
            else await WriteFrameAsync(_stream, message, limit.Token).ConfigureAwait(false);
        }
        catch (AuthenticationException exception)
        {
            Close();
            throw new DeliveryException(DeliveryError.ReceiverNotTrusted, $"TLS with {Name} failed: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            Close();
            throw new DeliveryException(DeliveryError.ReceiverNotReachable, $"{Name} was not reached: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception)
        {
            Close();
            cancellationToken.ThrowIfCancellationRequested();
            throw new DeliveryException(DeliveryError.ReceiverNotReachable, $"{Name} did not take the message within {s_patience.TotalSeconds} seconds.", exception);
        }
    }

    public void Dispose()
    {
        try
        {
            SayGoodbye();
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The receiver went first.
        }
        Close();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Close();
        _socket = new Socket(transport == SyslogTransport.Udp ? SocketType.Dgram : SocketType.Stream, transport == SyslogTransport.Udp ? ProtocolType.Udp : ProtocolType.Tcp);
        await _socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
        if (transport == SyslogTransport.Udp) return;

        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        _stream = new NetworkStream(_socket);
        if (transport != SyslogTransport.Tls) return;

        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.Host };
        if (trust is not null) options.RemoteCertificateValidationCallback = trust.Verify;
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteFrameAsync(Stream stream, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var count = Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + " ");
        await stream.WriteAsync((byte[])[.. count, .. message.Span], cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Without this, the first message after a server went away is taken by the kernel and lost.</summary>
    private bool IsClosedByPeer(Socket socket) => transport != SyslogTransport.Udp && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    /// <summary>
    /// To close a socket with bytes unread (session tickets of TLS 1.3 are such) resets the connection, and the receiver may lose what
    /// it has not read yet. So: end our half, and read until it ends the other.
    /// </summary>
    private void SayGoodbye()
    {
        if (_socket is null || _stream is null) return;
        using var limit = new CancellationTokenSource(s_farewell);
        if (_stream is SslStream { IsAuthenticated: true } tls) tls.ShutdownAsync().Wait(limit.Token);
        _socket.Shutdown(SocketShutdown.Send);
        var rest = new byte[1024];
        while (_socket.ReceiveAsync(rest.AsMemory(), limit.Token).AsTask().GetAwaiter().GetResult() > 0)
        {
        }
    }

    private void Close()
    {
        _stream?.Dispose();
        _socket?.Dispose();
        (_stream, _socket) = (null, null);
    }
}
