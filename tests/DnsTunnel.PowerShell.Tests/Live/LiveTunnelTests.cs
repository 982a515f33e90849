namespace DnsTunnel.PowerShell.Tests;

/// <summary>A real tunnel is found while it runs.</summary>
public sealed class LiveTunnelTests
{
    private const string Capture = """
        $findings = @(Start-DnsCapture -Interface v1 -Duration 0:0:12 -StatisticsVariable statistics | Test-DnsTunneling)
        'findings {0} {1} {2} {3}' -f $findings.Count, $findings[0].Domain, $findings[0].Client, $findings[0].IsTunnel
        'dropped {0}' -f ($statistics[0].KernelDropped + $statistics[0].QueueDropped)
        """;

    [Fact]
    public void An_iodine_session_is_the_one_finding()
    {
        using var namespaces = new NetworkNamespaces();
        var iodined = LiveRequirements.Program("iodined", "iodine");
        var iodine = LiveRequirements.Program("iodine", "iodine");
        if (!File.Exists("/dev/net/tun")) Assert.Skip("there is no /dev/net/tun");
        namespaces.StartServer(iodined, "-f", "-c", "-P", "test", "-l", NetworkNamespaces.Server, "10.72.4.1/24", "t.tunnel.example");
        var capture = namespaces.StartClient("dotnet", ShellProcess.Path, "-Command", Capture);
        Thread.Sleep(3000);
        namespaces.StartClient(iodine, "-f", "-r", "-T", "TXT", "-P", "test", NetworkNamespaces.Server, "t.tunnel.example");
        Thread.Sleep(3000);
        namespaces.StartClient("bash", "-c", "while sleep 0.05; do head -c 600 /dev/urandom > /dev/udp/10.72.4.1/9; done");

        var output = capture.StandardOutput.ReadToEnd().Split('\n');
        var error = capture.StandardError.ReadToEnd();

        Assert.Equal(["findings 1 tunnel.example 10.71.4.2 True", "dropped 0", ""], output);
        Assert.Empty(error);
    }
}
