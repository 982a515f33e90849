using System.Diagnostics;
using DnsTunnel.Tests.Response;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.Dnstap;

/// <summary>Real DNS servers on the loopback address send what they are asked: each query arrives, once, with its answer.</summary>
public sealed class RealServerTests : IDisposable
{
    private const int Queries = 200;
    private const int OverTcp = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = LoopbackServer.FreePort();
    private readonly string _dig = Programs.Require("dig", "bind9-dnsutils");
    private Process? _server;

    private string SocketPath => Path.Combine(_folder.Path, "dnstap.sock");

    public void Dispose()
    {
        if (_server is { HasExited: false }) _server.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Unbound()
    {
        var unbound = Programs.Require("unbound", "unbound");
        using var run = LiveRun.OnSocket(SocketPath);
        Start(unbound, "-d", "-c", _folder.File("unbound.conf",
            $"""
            server:
                interface: 127.0.0.1@{_port}
                username: ""
                chroot: ""
                directory: "{_folder.Path}"
                pidfile: ""
                use-syslog: no
                num-threads: 1
                module-config: "iterator"
                local-zone: "example.org." redirect
                local-data: "example.org. TXT hello"
            remote-control:
                control-enable: no
            dnstap:
                dnstap-enable: yes
                dnstap-socket-path: "{SocketPath}"
                dnstap-log-client-query-messages: yes
                dnstap-log-client-response-messages: yes
            """));
        Check(run);
    }

    [Fact]
    public void Bind()
    {
        var named = Programs.Require("named", "bind9");
        using var run = LiveRun.OnSocket(SocketPath);
        var zone = _folder.File("zone", "$TTL 60\n@ SOA ns.test. a.test. 1 1 1 1 1\n NS ns.test.\n* TXT hello\n*.t TXT hello\n");
        Start(named, "-g", "-n", "1", "-c", _folder.File("named.conf",
            $$"""
            controls { };
            options {
                directory "{{_folder.Path}}"; pid-file none; session-keyfile none;
                listen-on port {{_port}} { 127.0.0.1; }; listen-on-v6 { none; };
                recursion no; dnssec-validation no; empty-zones-enable no;
                dnstap { all; }; dnstap-output unix "{{SocketPath}}";
            };
            zone "example.org" { type primary; file "{{zone}}"; };
            """));
        Check(run);
    }

    [Fact]
    public void Knot()
    {
        var knot = Programs.Require("knotd", "knot, knot-module-dnstap");
        using var run = LiveRun.OnSocket(SocketPath);
        var zone = _folder.File("zone", "$TTL 60\n@ SOA ns.test. a.test. 1 1 1 1 1\n NS ns.test.\n* TXT hello\n*.t TXT hello\n");
        Start(knot, "-c", _folder.File("knot.conf",
            $"""
            server:
                rundir: "{_folder.Path}"
                listen: 127.0.0.1@{_port}
                udp-workers: 1
                tcp-workers: 1
            database:
                storage: "{_folder.Path}"
            mod-dnstap:
              - id: all
                sink: "unix:{SocketPath}"
                log-queries: on
                log-responses: on
            template:
              - id: default
                global-module: mod-dnstap/all
                journal-content: none
            zone:
              - domain: example.org
                file: "{zone}"
                zonefile-sync: -1
            """));
        Check(run);
    }

    [Fact]
    public void Dnsdist_over_tcp()
    {
        var dnsdist = Programs.Require("dnsdist", "dnsdist");
        using var run = LiveRun.OnTcp();
        Start(dnsdist, "--supervised", "--disable-syslog", "-C", _folder.File("dnsdist.conf",
            $"""
            setLocal('127.0.0.1:{_port}')
            setSecurityPollSuffix('')
            stream = newFrameStreamTcpLogger('{run.Server.Statistics.Source}')
            addAction(AllRule(), DnstapLogAction('dnsdist', stream))
            addSelfAnsweredResponseAction(AllRule(), DnstapLogResponseAction('dnsdist', stream))
            addAction(AllRule(), RCodeAction(DNSRCode.NXDOMAIN))
            """));
        Check(run, "NXDOMAIN", answers: 0);
    }

    private void Start(string program, params string[] arguments)
    {
        _server = Programs.Start(program, arguments);
        var log = Task.WhenAll(_server.StandardOutput.ReadToEndAsync(), _server.StandardError.ReadToEndAsync());
        for (var end = DateTime.UtcNow.AddSeconds(20); !Programs.Run(_dig, Arguments("ready.example.org", "TXT")).Output.Contains("status: ", StringComparison.Ordinal);)
        {
            if (_server.HasExited) Assert.Fail(string.Concat(log.GetAwaiter().GetResult()));
            Assert.True(DateTime.UtcNow < end, $"{program} did not answer in 20 seconds");
        }
    }

    private string[] Arguments(params string[] rest) => ["@127.0.0.1", "-p", $"{_port}", "+tries=1", "+time=2", .. rest];

    private void Check(LiveRun run, string code = "NOERROR", int answers = 1)
    {
        var asked = Enumerable.Range(0, Queries).Select(i => $"x{i:x4}.T.example.org").ToList();
        Ask("+notcp", asked.SkipLast(OverTcp));
        Ask("+tcp", asked.TakeLast(OverTcp));

        run.Until(() => Asked(run).Count() >= Queries);
        run.Server.Complete();
        Assert.Equal(asked, Asked(run).Select(q => q.QueryName).Order(StringComparer.Ordinal));
        Assert.All(Asked(run), q => Assert.Equal(("127.0.0.1", code, answers), (q.ClientAddress, q.ResponseCode, q.AnswerCount)));
        Assert.Equal(OverTcp, Asked(run).Count(q => q.Transport == DnsTransport.Tcp));
        Assert.Empty(run.Server.Problems);
        Assert.Equal(0, run.Server.Statistics.UnreadablePackets + run.Server.Statistics.MalformedMessages);
    }

    private void Ask(string transport, IEnumerable<string> names)
    {
        var lines = string.Concat(names.Select(name => $"{name} TXT\n"));
        Assert.Equal(0, Programs.Run(_dig, Arguments(transport, "-f", _folder.File("names", lines))).ExitCode);
    }

    private static IEnumerable<DnsQuery> Asked(LiveRun run) => run.Queries.Where(q => q.QueryName.EndsWith(".T.example.org", StringComparison.Ordinal));
}
