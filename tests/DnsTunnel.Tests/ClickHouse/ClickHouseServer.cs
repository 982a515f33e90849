using System.Diagnostics;
using System.Net;
using DnsTunnel.ClickHouse;
using DnsTunnel.Tests.Delivery;
using DnsTunnel.Tests.Response;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.ClickHouse;

/// <summary>A real ClickHouse server on the loopback address, with one user.</summary>
internal sealed class ClickHouseServer : IDisposable
{
    public const string Cluster = "pair";
    public const string Password = "s3cret'\"<&";

    private readonly string _program = Programs.Require("clickhouse-server", "clickhouse-server");
    private readonly TemporaryFolder _folder = new();
    private readonly string _configuration;
    private Process _process;

    /// <param name="ports">For HTTP, and for other servers.</param>
    /// <param name="shards">Ports for other servers of all servers of the cluster.</param>
    public ClickHouseServer((int Http, int Native) ports, params int[] shards)
        : this(ports, shards, string.Empty)
    {
    }

    /// <param name="ports">For HTTP, and for other servers.</param>
    /// <param name="certificate">What it shows to those who speak TLS.</param>
    /// <param name="tlsPort">For those.</param>
    public ClickHouseServer((int Http, int Native) ports, SelfMadeCertificate certificate, int tlsPort)
        : this(ports, [], $"<https_port>{tlsPort}</https_port><openSSL><server><certificateFile>{certificate.PemFile}</certificateFile>" +
            $"<privateKeyFile>{certificate.KeyFile}</privateKeyFile><verificationMode>none</verificationMode><loadDefaultCAFile>false</loadDefaultCAFile></server></openSSL>")
    {
    }

    private ClickHouseServer((int Http, int Native) ports, int[] shards, string tls)
    {
        HttpPort = ports.Http;
        foreach (var folder in (string[])["data", "tmp"]) Directory.CreateDirectory(_folder.File(folder));
        _folder.File("users.xml",
            $"""
            <yandex><profiles><default/></profiles><quotas><default/></quotas><users><sensor><password>{WebUtility.HtmlEncode(Password)}</password>
            <networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></sensor></users></yandex>
            """);
        var members = string.Concat(shards.Select(port =>
            $"<shard><replica><host>127.0.0.1</host><port>{port}</port><user>sensor</user><password>{WebUtility.HtmlEncode(Password)}</password></replica></shard>"));
        // A time zone that is not UTC, and no logger of its own: what it has to say comes on its output.
        _configuration = _folder.File("config.xml",
            $"""
            <yandex><http_port>{ports.Http}</http_port><tcp_port>{ports.Native}</tcp_port><listen_host>127.0.0.1</listen_host>
            <path>{_folder.Path}/data/</path><tmp_path>{_folder.Path}/tmp/</tmp_path><users_config>users.xml</users_config>
            <logger><level>warning</level><log>{_folder.Path}/log</log><errorlog>{_folder.Path}/errors</errorlog></logger>
            <mark_cache_size>67108864</mark_cache_size><default_profile>default</default_profile><default_database>default</default_database>
            <timezone>Asia/Kolkata</timezone>{tls}<remote_servers><{Cluster}>{members}</{Cluster}></remote_servers></yandex>
            """);
        _process = Start();
    }

    public static NetworkCredential Login => new("sensor", Password);

    public int HttpPort { get; }

    public static (int Http, int Native) FreePorts() => (LoopbackServer.FreePort(), LoopbackServer.FreePort());

    public ClickHouseAddress Address(string database, string table = "dns_query") => new(new Uri($"http://127.0.0.1:{HttpPort}/{database}?table={table}"));

    public ClickHouseStore Store(string database, string table = "dns_query") => new(Address(database, table), Login, firstWait: TimeSpan.FromMilliseconds(200));

    public ClickHouseClient Client() => new(new Uri($"http://127.0.0.1:{HttpPort}"), Login);

    public void Execute(string sql)
    {
        using var client = Client();
        client.ExecuteAsync(sql, default).GetAwaiter().GetResult();
    }

    public T Value<T>(string expression, Func<BinaryReader, T> read)
    {
        using var client = Client();
        return client.Query($"SELECT 1, {expression}", read, default).Single();
    }

    /// <summary>As a power cut would.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    public void Restart()
    {
        _process.Dispose();
        _process = Start();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _folder.Dispose();
    }

    private Process Start()
    {
        var process = Programs.Start(_program, $"--config-file={_configuration}");
        _ = process.StandardOutput.ReadToEndAsync();
        var log = process.StandardError.ReadToEndAsync();
        for (var end = DateTime.UtcNow.AddSeconds(60); !Answers(); Thread.Sleep(50))
        {
            if (process.HasExited) Assert.Fail(log.GetAwaiter().GetResult());
            Assert.True(DateTime.UtcNow < end, "clickhouse-server did not get there in 60 seconds");
        }

        return process;
    }

    private bool Answers()
    {
        try
        {
            Execute("SELECT 1");
            return true;
        }
        catch (ClickHouseException e) when (e.IsTransient)
        {
            return false;
        }
    }
}
