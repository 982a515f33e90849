using System.Diagnostics;
using System.Net;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.Response;

/// <summary>A real Knot Resolver that watches the file of a policy zone.</summary>
internal sealed class KresdServer : IDisposable
{
    private readonly Process _process;

    public KresdServer(TemporaryFolder folder, string policyZone, AnsweringServer world)
    {
        var kresd = Programs.Require("kresd", "knot-resolver");
        EndPoint = new(IPAddress.Loopback, LoopbackServer.FreePort());
        var configuration = folder.File("kresd.conf",
            $$"""
            net.listen('{{EndPoint.Address}}', {{EndPoint.Port}}, { kind = 'dns' })
            trust_anchors.remove('.')
            cache.size = 10 * MB
            modules = { 'policy' }
            policy.add(policy.rpz(policy.DENY, '{{policyZone}}', true))
            policy.add(policy.all(policy.FORWARD('127.0.0.1@{{world.Port}}')))

            """);
        _process = Programs.Start(kresd, "-n", "-c", configuration, Directory.CreateDirectory(folder.File("kresd")).FullName);
        _ = _process.StandardOutput.ReadToEndAsync();
        var log = _process.StandardError.ReadToEndAsync();
        for (var end = DateTime.UtcNow.AddSeconds(20); Dig.Status(EndPoint, "ready.example") != "NOERROR"; Thread.Sleep(50))
        {
            if (_process.HasExited) Assert.Fail(log.GetAwaiter().GetResult());
            Assert.True(DateTime.UtcNow < end, "kresd did not get there in 20 seconds");
        }
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Waits until a name has a response code: the file is read some moments after it changed.</summary>
    public void WaitFor(string name, string status)
    {
        for (var end = DateTime.UtcNow.AddSeconds(20); Dig.Status(EndPoint, name) != status; Thread.Sleep(50))
            Assert.True(DateTime.UtcNow < end, $"{name} did not become {status} in 20 seconds");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
