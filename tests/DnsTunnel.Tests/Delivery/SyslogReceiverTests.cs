using System.Net;
using System.Net.Sockets;
using System.Text;
using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

/// <summary>Syslog to real sockets on loopback.</summary>
public sealed class SyslogReceiverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Udp_takes_one_datagram_a_message()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var receiver = Receiver("127.0.0.1", ((IPEndPoint)server.Client.LocalEndPoint!).Port, SyslogTransport.Udp);
        await SendAsync(receiver, "a.example", "b.example");

        Assert.Contains("domain=\"a.example\"", Encoding.UTF8.GetString((await server.ReceiveAsync(Token)).Buffer));
        Assert.Contains("domain=\"b.example\"", Encoding.UTF8.GetString((await server.ReceiveAsync(Token)).Buffer));
    }

    [Fact]
    public async Task Tcp_takes_counted_messages_on_one_connection()
    {
        using var server = new SyslogServer();
        using (var receiver = Receiver("127.0.0.1", server.Port, SyslogTransport.Tcp)) await SendAsync(receiver, "a.example", "b\u00E4.example", "c.example");

        var messages = await server.Messages;
        Assert.Equal(3, messages.Count);
        Assert.All(messages, message => Assert.StartsWith("<35>1 ", message));
        Assert.Contains("domain=\"b\u00E4.example\"", messages[1]);
    }

    [Fact]
    public async Task Tls_takes_them_from_a_server_that_is_trusted()
    {
        using var certificate = new SelfMadeCertificate("localhost");
        using var server = new SyslogServer(certificate.Certificate);
        using var trust = ServerTrust.Read(certificate.PemFile);
        using (var receiver = Receiver("localhost", server.Port, SyslogTransport.Tls, trust)) await SendAsync(receiver, [.. Enumerable.Range(0, 200).Select(i => $"d{i}.example")]);

        var messages = await server.Messages;
        Assert.Equal(200, messages.Count);
        Assert.Contains("domain=\"d199.example\"", messages[199]);
    }

    [Fact]
    public async Task Tls_refuses_a_server_that_nobody_vouches_for()
    {
        using var certificate = new SelfMadeCertificate("localhost");
        Assert.Equal(DeliveryError.ReceiverNotTrusted, await FailTlsAsync(certificate, trust: null));
    }

    [Fact]
    public async Task Tls_refuses_a_certificate_for_another_name()
    {
        using var certificate = new SelfMadeCertificate("other.example");
        using var trust = ServerTrust.Read(certificate.PemFile);
        Assert.Equal(DeliveryError.ReceiverNotTrusted, await FailTlsAsync(certificate, trust));
    }

    [Fact]
    public async Task Tls_refuses_a_certificate_of_another_authority()
    {
        using var certificate = new SelfMadeCertificate("localhost");
        using var other = new SelfMadeCertificate("localhost");
        using var trust = ServerTrust.Read(other.PemFile);
        Assert.Equal(DeliveryError.ReceiverNotTrusted, await FailTlsAsync(certificate, trust));
    }

    [Fact]
    public async Task A_server_that_went_away_is_noticed_before_the_next_message()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        var port = ((IPEndPoint)first.LocalEndpoint).Port;
        using var receiver = Receiver("127.0.0.1", port, SyslogTransport.Tcp);
        await SendAsync(receiver, "a.example");
        using (var connection = await first.AcceptTcpClientAsync(Token))
        {
            // Closed with nothing unread: the client gets an end, no reset.
            await connection.GetStream().ReadAtLeastAsync(new byte[9], 9, cancellationToken: Token);
            connection.Client.Shutdown(SocketShutdown.Both);
        }
        first.Stop();
        await Task.Delay(100, Token);

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(receiver, "b.example"));
        Assert.Equal(DeliveryError.ReceiverNotReachable, failure.Error);
        using var second = new SyslogServer(port: port);
        await SendAsync(receiver, "b.example");
        receiver.Dispose();
        Assert.Single(await second.Messages);
    }

    private static async Task<DeliveryError> FailTlsAsync(SelfMadeCertificate certificate, ServerTrust? trust)
    {
        using var server = new SyslogServer(certificate.Certificate);
        using var receiver = Receiver("localhost", server.Port, SyslogTransport.Tls, trust);
        return (await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(receiver, "a.example"))).Error;
    }

    private static SyslogReceiver Receiver(string host, int port, SyslogTransport transport, ServerTrust? trust = null) =>
        new(new SyslogEndpoint(host, port), transport, SyslogFormat.Rfc5424, trust);

    private static async Task SendAsync(SyslogReceiver receiver, params string[] domains)
    {
        foreach (var domain in domains) await receiver.SendAsync(receiver.Encode(Findings.Make(domain)), Token);
    }
}
