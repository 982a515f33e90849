using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A real ClickHouse server on the loopback address, with the user "sensor".</summary>
internal sealed class ClickHouseServer : IDisposable
{
    public const string Password = "s3cret-of-sensor";

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;
    private readonly string _program;
    private Process? _process;

    /// <summary>Skips the test where it is not installed.</summary>
    /// <param name="starts">Whether to start it.</param>
    public ClickHouseServer(bool starts = true)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, "clickhouse-server")).FirstOrDefault(File.Exists);
        if (program is null) Assert.Skip("clickhouse-server is not installed (Debian package clickhouse-server)");
        _program = program!;
        var (http, native) = (FreePort(), FreePort());
        Uri = $"http://127.0.0.1:{http}/dns";
        foreach (var name in (string[])["data", "tmp"]) Directory.CreateDirectory(Path.Combine(_folder, name));
        File.WriteAllText(Path.Combine(_folder, "users.xml"),
            $"<yandex><profiles><default/></profiles><quotas><default/></quotas><users><sensor><password>{Password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></sensor></users></yandex>");
        File.WriteAllText(Path.Combine(_folder, "config.xml"),
            $"""
            <yandex><http_port>{http}</http_port><tcp_port>{native}</tcp_port><listen_host>127.0.0.1</listen_host>
            <path>{_folder}/data/</path><tmp_path>{_folder}/tmp/</tmp_path><users_config>users.xml</users_config>
            <logger><level>warning</level><log>{_folder}/log</log><errorlog>{_folder}/errors</errorlog></logger>
            <mark_cache_size>67108864</mark_cache_size><default_profile>default</default_profile><default_database>default</default_database></yandex>
            """);
        if (starts) Start();
    }

    public string Uri { get; }

    public void Start()
    {
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(_program, $"--config-file={_folder}/config.xml") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = _process.StandardOutput.ReadToEndAsync();
        var log = _process.StandardError.ReadToEndAsync();
        for (var end = DateTime.UtcNow.AddSeconds(60); !Listens(new System.Uri(Uri).Port); Thread.Sleep(50))
        {
            if (_process.HasExited) Assert.Fail(log.GetAwaiter().GetResult());
            Assert.True(DateTime.UtcNow < end, "clickhouse-server did not get there in 60 seconds");
        }
    }

    /// <summary>As a power cut would.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false }) _process.Kill();
        _process?.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
