using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Dnsmasq;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.Response;

/// <summary>A real dnsmasq that reads a folder, and commands named as those that restart services, which restart it and no other.</summary>
internal sealed class DnsmasqServer : IResolver
{
    private readonly string _processId, _service, _bin;

    public DnsmasqServer(TemporaryFolder folder, AnsweringServer world)
    {
        var dnsmasq = Programs.Require("dnsmasq", "dnsmasq-base");
        EndPoint = new(IPAddress.Loopback, LoopbackServer.FreePort());
        Folder = Directory.CreateDirectory(folder.File("dnsmasq.d")).FullName;
        _processId = folder.File("dnsmasq.pid");
        var configuration = folder.File("dnsmasq.conf",
            $"""
            port={EndPoint.Port}
            listen-address={EndPoint.Address}
            bind-interfaces
            no-resolv
            no-hosts
            server=127.0.0.1#{world.Port}
            user=root
            pid-file={_processId}
            conf-dir={Folder}

            """);
        _bin = Directory.CreateDirectory(folder.File("bin")).FullName;
        _service = Path.Combine(_bin, "service");
        File.WriteAllText(_service,
            $"""
            #!/bin/sh
            if [ -e {_processId} ]; then pid=$(cat {_processId}); kill "$pid"; while kill -0 "$pid" 2> /dev/null; do sleep 0.02; done; fi
            exec {dnsmasq} -C {configuration} > /dev/null 2>&1

            """);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_service, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var name in new[] { "systemctl", "rc-service" }) File.CreateSymbolicLink(Path.Combine(_bin, name), _service);
        Restart();
    }

    public IPEndPoint EndPoint { get; }
    public string Folder { get; }
    public IScriptRunner Runner => new WrappedRunner($"env PATH={_bin}:\"$PATH\" sh -c");
    public IResponseProvider Provider => new DnsmasqProvider(new DomainProviderOptions { ConfigurationFolder = Folder, Resolvers = [EndPoint] });
    public string State => Dig.Status(EndPoint, "blocked.example");

    public void Restart() => NetworkNamespace.Shell(_service);

    public void Dispose() => NetworkNamespace.Shell($"pid=$(cat {_processId}); kill $pid; while kill -0 $pid 2> /dev/null; do sleep 0.02; done");
}
