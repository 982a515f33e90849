using System.Diagnostics;
using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Unbound;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.Response;

/// <summary>A real Unbound that includes a folder and listens to unbound-control.</summary>
internal sealed class UnboundServer : IResolver
{
    private readonly string _unbound = Programs.Require("unbound", "unbound");
    private readonly string _control = Programs.Require("unbound-control", "unbound");
    private Process _process;

    public UnboundServer(TemporaryFolder folder, string forwards, IPEndPoint? endPoint = null)
    {
        EndPoint = endPoint ?? new(IPAddress.Loopback, LoopbackServer.FreePort());
        Folder = Directory.CreateDirectory(folder.File("unbound.conf.d")).FullName;
        Configuration = folder.File("unbound.conf",
            $"""
            server:
                directory: "{folder.Path}"
                chroot: ""
                username: ""
                pidfile: ""
                interface: {EndPoint.Address}@{EndPoint.Port}
                use-syslog: no
                do-daemonize: no
                do-not-query-localhost: no
                module-config: "iterator"
            {forwards}
            remote-control:
                control-enable: yes
                control-use-cert: no
                control-interface: {folder.File("control")}
            include-toplevel: "{Folder}/*.conf"

            """);
        _process = Start();
    }

    public IPEndPoint EndPoint { get; }
    public string Folder { get; }
    public string Configuration { get; }
    public IScriptRunner Runner { get; } = new LocalScriptRunner();
    public IResponseProvider Provider => new UnboundProvider(new DomainProviderOptions { ConfigurationFolder = Folder, ControlConfiguration = Configuration, Resolvers = [EndPoint] });
    public string State => string.Join('\n', Control("list_local_zones").Split('\n').Order(StringComparer.Ordinal)) + string.Join('\n', Control("list_local_data").Split('\n').Order(StringComparer.Ordinal));

    /// <summary>What forwards all names to a server of the loopback address.</summary>
    public static string All(AnsweringServer world) => $"forward-zone:\n    name: \".\"\n    forward-addr: 127.0.0.1@{world.Port}";

    public string Control(params string[] arguments)
    {
        var (exitCode, output) = Programs.Run(_control, ["-c", Configuration, .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    public void Restart()
    {
        Dispose();
        _process = Start();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private Process Start()
    {
        var process = Programs.Start(_unbound, "-d", "-c", Configuration);
        _ = process.StandardOutput.ReadToEndAsync();
        var log = process.StandardError.ReadToEndAsync();
        for (var end = DateTime.UtcNow.AddSeconds(20); Programs.Run(_control, "-c", Configuration, "status").ExitCode != 0; Thread.Sleep(20))
        {
            if (process.HasExited) Assert.Fail(log.GetAwaiter().GetResult());
            Assert.True(DateTime.UtcNow < end, "unbound did not get there in 20 seconds");
        }
        return process;
    }
}
