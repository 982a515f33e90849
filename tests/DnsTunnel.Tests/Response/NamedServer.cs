using System.Diagnostics;
using System.Net;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.Response;

/// <summary>A real BIND 9 on the loopback address: a policy zone, and zones of its own to ask for.</summary>
internal sealed class NamedServer : IDisposable
{
    private const string Key = "key k { algorithm hmac-sha256; secret \"dGVzdCB0ZXN0IHRlc3Q=\"; };";

    private readonly Process _process;
    private readonly string _rndc, _dig, _rndcConfiguration;
    private readonly int _port = LoopbackServer.FreePort();

    public NamedServer(TemporaryFolder folder, string policyZone, params string[] zones)
        : this(folder, policyZone, "min-update-interval 0", zones)
    {
    }

    /// <param name="folder">For its files.</param>
    /// <param name="policyZone">The file of the policy zone.</param>
    /// <param name="interval">How often a new policy is taken up; empty for the default of BIND.</param>
    /// <param name="zones">Of its own.</param>
    public NamedServer(TemporaryFolder folder, string policyZone, string interval, string[] zones)
    {
        var named = Programs.Require("named", "bind9");
        (_rndc, _dig) = (Programs.Require("rndc", "bind9"), Programs.Require("dig", "bind9-dnsutils"));
        var control = LoopbackServer.FreePort();
        _rndcConfiguration = folder.File("rndc.conf",
            $"{Key}\noptions {{ default-key k; default-server 127.0.0.1; default-port {control}; }};\n");
        var data = folder.File("data.zone", "$TTL 60\n@ SOA ns.test. a.test. 1 1 1 1 1\n NS ns.test.\n A 192.0.2.1\n* A 192.0.2.1\n");
        var configuration = folder.File("named.conf",
            $$"""
            {{Key}}
            controls { inet 127.0.0.1 port {{control}} allow { 127.0.0.1; } keys { k; }; };
            options {
                directory "{{folder.Path}}"; pid-file none; session-keyfile none;
                listen-on port {{_port}} { 127.0.0.1; }; listen-on-v6 { none; };
                recursion yes; allow-recursion { any; }; allow-query { any; }; dnssec-validation no; empty-zones-enable no; forwarders { };
                response-policy { zone "rpz.test"; } qname-wait-recurse no {{interval}};
            };
            zone "rpz.test" { type primary; file "{{policyZone}}"; allow-query { any; }; };
            {{string.Concat(zones.Select(zone => $"zone \"{zone}\" {{ type primary; file \"{data}\"; }};\n"))}}
            """);
        // In the foreground and as the user that runs the tests; its log is read, or the pipe would fill and stop it.
        _process = Programs.Start(named, "-g", "-c", configuration, "-n", "1");
        _ = _process.StandardOutput.ReadToEndAsync();
        Log = _process.StandardError.ReadToEndAsync();
        WaitUntil(() => Programs.Run(_rndc, "-c", _rndcConfiguration, "status").ExitCode == 0);
    }

    /// <summary>Where it answers.</summary>
    public IPEndPoint EndPoint => new(IPAddress.Loopback, _port);

    /// <summary>The configuration of rndc for it.</summary>
    public string ControlConfiguration => _rndcConfiguration;

    /// <summary>All that the server has to say; complete when it has ended.</summary>
    public Task<string> Log { get; }

    /// <summary>
    /// Has the server load the policy zone, and waits until a name has a response code: BIND has a new policy zone in force some
    /// moments after it answers with its serial (and at most once in min-update-interval, by default a minute).
    /// </summary>
    public void Reload(string name, string status)
    {
        var (exitCode, output) = Programs.Run(_rndc, "-c", _rndcConfiguration, "reload", "rpz.test");
        Assert.True(exitCode == 0, output);
        WaitFor(name, status);
    }

    /// <summary>Waits until a name has a response code: BIND takes the names of a policy up one after the other.</summary>
    public void WaitFor(string name, string status) => WaitUntil(() => Status(name) == status);

    /// <summary>The response code for a name.</summary>
    public string Status(string name)
    {
        var answer = Ask(name, "A");
        var start = answer.IndexOf("status: ", StringComparison.Ordinal) + 8;
        return answer[start..answer.IndexOf(',', start)];
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Ask(string name, params string[] arguments) =>
        Programs.Run(_dig, ["@127.0.0.1", "-p", $"{_port}", "+tries=1", "+time=2", "-q", name, .. arguments]).Output;

    private void WaitUntil(Func<bool> condition)
    {
        var end = DateTime.UtcNow.AddSeconds(20);
        while (!condition())
        {
            if (_process.HasExited) Assert.Fail(Log.GetAwaiter().GetResult());
            Assert.True(DateTime.UtcNow < end, "named did not get there in 20 seconds");
            Thread.Sleep(50);
        }
    }
}
