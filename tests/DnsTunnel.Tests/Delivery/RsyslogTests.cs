using System.Diagnostics;
using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

/// <summary>A real rsyslog on loopback, where that is installed, takes each message apart as it was put together.</summary>
public sealed class RsyslogTests : IDisposable
{
    private const string Server = "/usr/sbin/rsyslogd";

    /// <summary>Debian has modules in the folder of the architecture, others in one for all.</summary>
    private static readonly bool s_hasTls = Directory.Exists("/usr/lib") && Directory.GetDirectories("/usr/lib").Append("/usr/lib").Append("/usr/lib64")
        .Any(folder => File.Exists(Path.Combine(folder, "rsyslog", "lmnsd_gtls.so")));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;
    private readonly int _port = WebhookServer.FreePort();
    private Process? _server;

    private string Log => Path.Combine(_folder, "out.log");

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Kill();
            _server.WaitForExit();
            _server.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Over_tls()
    {
        Assert.SkipUnless(File.Exists(Server) && s_hasTls, "rsyslog-gnutls is not installed");
        using var certificate = new SelfMadeCertificate("localhost");
        using var trust = ServerTrust.Read(certificate.PemFile);
        await StartAsync(Tls(certificate));
        await CheckAsync("localhost", SyslogTransport.Tls, trust);
    }

    [Fact]
    public async Task Over_tcp()
    {
        Assert.SkipUnless(File.Exists(Server), "rsyslog is not installed");
        await StartAsync(("", ""));
        await CheckAsync("127.0.0.1", SyslogTransport.Tcp, trust: null);
    }

    [Fact]
    public async Task Over_udp()
    {
        Assert.SkipUnless(File.Exists(Server), "rsyslog is not installed");
        await StartAsync(("", ""));
        await CheckAsync("127.0.0.1", SyslogTransport.Udp, trust: null);
    }

    private async Task CheckAsync(string host, SyslogTransport transport, ServerTrust? trust)
    {
        string[] domains = ["tunnel.example", "a]b\"c\\d.example", "x=y|z\\.example", .. Enumerable.Range(0, 200).Select(i => $"d{i}.example")];
        using (var receiver = new SyslogReceiver(new SyslogEndpoint(host, _port), transport, SyslogFormat.Rfc5424, trust))
        {
            foreach (var domain in domains) await receiver.SendAsync(receiver.Encode(Findings.Make(domain)), Token);
        }
        var expected = domains.Select(domain => $"auth.err DnsTunnel Finding {domain} 192.0.2.7").ToArray();
        var end = DateTime.UtcNow.AddSeconds(10);
        while (DateTime.UtcNow < end && Lines().Length < expected.Length) await Task.Delay(50, Token);
        Assert.Equal(expected, Lines());
    }

    private string[] Lines() => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    private (string Global, string Module) Tls(SelfMadeCertificate certificate)
    {
        var key = Path.Combine(_folder, "key.pem");
        File.WriteAllText(key, certificate.PemKey);
        return ($"""defaultNetstreamDriverCAFile="{certificate.PemFile}" defaultNetstreamDriverCertFile="{certificate.PemFile}" defaultNetstreamDriverKeyFile="{key}" """,
            """streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon" """);
    }

    private async Task StartAsync((string Global, string Module) tls)
    {
        var configuration = Path.Combine(_folder, "rsyslog.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            global(workDirectory="{{_folder}}" {{tls.Global}})
            module(load="mmpstrucdata")
            module(load="imudp")
            module(load="imtcp" {{tls.Module}})
            template(name="facts" type="string" string="%syslogfacility-text%.%syslogseverity-text% %app-name% %msgid% %$!rfc5424-sd!dnstunnel@32473!domain% %$!rfc5424-sd!dnstunnel@32473!client%\n")
            input(type="imudp" port="{{_port}}" address="127.0.0.1" rcvbufSize="4m")
            input(type="imtcp" port="{{_port}}" address="127.0.0.1")
            action(type="mmpstrucdata")
            :app-name, isequal, "DnsTunnel" action(type="omfile" file="{{Log}}" template="facts")

            """,
            Token);
        _server = Process.Start(new ProcessStartInfo(Server, ["-n", "-f", configuration, "-i", Path.Combine(_folder, "pid")]) { RedirectStandardError = true })!;
        var end = DateTime.UtcNow.AddSeconds(10);
        while (!await IsListeningAsync())
        {
            Assert.True(DateTime.UtcNow < end && !_server.HasExited, "rsyslogd does not listen");
            await Task.Delay(50, Token);
        }
    }

    private async Task<bool> IsListeningAsync()
    {
        using var probe = new System.Net.Sockets.TcpClient();
        try
        {
            await probe.ConnectAsync("127.0.0.1", _port, Token);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
