using System.Diagnostics;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>
/// Two network namespaces with one cable between them and no way out: 10.71.4.2 on v1 of the client, 10.71.4.1 on v0 of the server.
/// Programs that were started in them end with them.
/// </summary>
internal sealed class NetworkNamespaces : IDisposable
{
    public const string Server = "10.71.4.1";

    private static int s_count;

    private readonly string _ip, _client, _server;
    private readonly List<Process> _processes = [];

    public NetworkNamespaces()
    {
        LiveRequirements.Namespaces();
        _ip = LiveRequirements.Program("ip", "iproute2");
        var number = Interlocked.Increment(ref s_count);
        (_client, _server) = ($"dtc{Environment.ProcessId}x{number}", $"dts{Environment.ProcessId}x{number}");
        foreach (var name in new[] { _client, _server }) Run("netns", "add", name);
        Run("-n", _server, "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", _client);
        Run("-n", _server, "addr", "add", $"{Server}/24", "dev", "v0");
        Run("-n", _client, "addr", "add", "10.71.4.2/24", "dev", "v1");
        foreach (var (name, device) in new[] { (_client, "v1"), (_client, "lo"), (_server, "v0"), (_server, "lo") }) Run("-n", name, "link", "set", device, "up");
    }

    public Process StartClient(params string[] command) => Start(_client, command);

    public Process StartServer(params string[] command) => Start(_server, command);

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        foreach (var name in new[] { _client, _server }) Run("netns", "del", name);
    }

    // "ip netns exec" becomes the program, so that killing the process ends it.
    private Process Start(string name, string[] command)
    {
        var process = ShellProcess.Start(_ip, ["netns", "exec", name, .. command]);
        _processes.Add(process);
        return process;
    }

    private void Run(params string[] arguments)
    {
        using var process = ShellProcess.Start(_ip, arguments);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) Assert.Fail($"ip {string.Join(' ', arguments)}: {error}");
    }
}
