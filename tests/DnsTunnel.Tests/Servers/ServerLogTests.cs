using DnsTunnel.Tests.Logs;
using DnsTunnel.Tests.Names;
using DnsTunnel.Tests.Response;
using DnsTunnel.Tests.Wire;

namespace DnsTunnel.Tests.Servers;

/// <summary>Real DNS servers write their logs of known questions: each is read once, with its name as far as the log has it.</summary>
public sealed class ServerLogTests : IDisposable
{
    private const int Plain = 44;
    private const string Lost = "<name\\032unprintable>";

    /// <summary>Names that are hard to log: as they are, as Unbound and as dnsmasq write them.</summary>
    private static readonly (string Name, string Unbound, string Dnsmasq)[] s_odd =
    [
        ("a\\255b.EXAMPLE", "a?b.EXAMPLE", Lost),
        ("a\\010b.EXAMPLE", "a?b.EXAMPLE", Lost),
        ("a\\.b.EXAMPLE", "a?b.EXAMPLE", Lost),
        ("a\\032b.EXAMPLE", "a?b.EXAMPLE", "a\\032b.EXAMPLE"),
        ("q'\"|\\\\=.EXAMPLE", "q?????.EXAMPLE", "q'\"|\\\\=.EXAMPLE"),
        ("under_score.EXAMPLE", "under_score.EXAMPLE", "under_score.EXAMPLE"),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = LoopbackServer.FreePort();

    private static IEnumerable<string> Names => Enumerable.Range(0, Plain).Select(i => $"x{i:x4}.Data.EXAMPLE");

    private string LogPath => _folder.File("queries.log");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yes", "yes", "no")]
    [InlineData("yes", "no", "no")]
    [InlineData("no", "yes", "no")]
    [InlineData("yes", "yes", "yes")]
    public void Unbound(string queries, string replies, string tag)
    {
        using var server = new LoopbackServer(_port, Programs.Require("unbound", "unbound"), "-d", "-c", _folder.File("unbound.conf",
            $"""
            server:
                interface: 127.0.0.1@{_port}
                username: ""
                chroot: ""
                directory: "{_folder.Path}"
                pidfile: ""
                use-syslog: no
                logfile: "{LogPath}"
                log-queries: {queries}
                log-replies: {replies}
                log-tag-queryreply: {tag}
                num-threads: 1
                module-config: "iterator"
                local-zone: "example." redirect
                local-data: "example. A 192.0.2.1"
                local-data: "example. TXT hello"
            remote-control:
                control-enable: no
            """));
        var sizes = Ask(server);
        var content = Check(Names.Concat(s_odd.Select(o => o.Unbound)), replies == "yes" ? "NOERROR" : null, lossy: 5);
        if (replies == "yes") Assert.Equal(sizes, content.Select(q => q.ResponseSize));
    }

    [Theory]
    [InlineData("--log-queries=extra")]
    [InlineData("--log-queries")]
    public void Dnsmasq(string log)
    {
        var dnsmasq = Programs.Require("dnsmasq", "dnsmasq-base");
        using var server = new LoopbackServer(_port, dnsmasq, "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts",
            "--bind-interfaces", "--listen-address=127.0.0.1", $"--port={_port}", $"--user={Environment.UserName}", "--pid-file=",
            "--address=/example/192.0.2.1", "--local=/example/", log, $"--log-facility={LogPath}");
        Ask(server);
        var queries = Check(Names.Concat(s_odd.Select(o => o.Dnsmasq)), "NOERROR", lossy: 3);
        Assert.All(queries, q => Assert.Equal(log.EndsWith("extra", StringComparison.Ordinal) ? server.ClientPort : 0, q.ClientPort));
        Assert.All(queries, q => Assert.Equal(q.QueryType == "A" ? ["192.0.2.1"] : [], q.Answers));
    }

    [Theory]
    [InlineData("iso8601-utc", "yes")]
    [InlineData("iso8601", "no")]
    [InlineData("yes", "yes")]
    public void Bind(string time, string category)
    {
        using var server = new LoopbackServer(_port, Programs.Require("named", "bind9"), "-f", "-n", "1", "-c", _folder.File("named.conf",
            $$"""
            controls { };
            options {
                directory "{{_folder.Path}}"; pid-file none; session-keyfile none;
                listen-on port {{_port}} { 127.0.0.1; }; listen-on-v6 { none; };
                recursion no; dnssec-validation no; empty-zones-enable no; querylog yes;
            };
            logging {
                channel queries { file "{{LogPath}}"; print-time {{time}}; print-category {{category}}; print-severity {{category}}; };
                category queries { queries; };
            };
            zone "example" { type primary; file "{{Zone()}}"; };
            """));
        Ask(server);
        var queries = Check(Names.Concat(s_odd.Select(o => o.Name)), code: null);
        Assert.All(queries, q => Assert.Equal((server.ClientPort, "127.0.0.1"), (q.ClientPort, q.ServerAddress)));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public void PowerDns_Recursor(string structured)
    {
        var recursor = Programs.Require("pdns_recursor", "pdns-recursor");
        // Neither hints nor servers to ask: it stays on this machine.
        using var server = new LoopbackServer(_port, recursor, $"--config-dir={_folder.Path}", $"--socket-dir={_folder.Path}", "--daemon=no", "--write-pid=no",
            "--local-address=127.0.0.1", $"--local-port={_port}", "--threads=1", "--hint-file=no", "--dont-query=0.0.0.0/0,::/0", "--security-poll-suffix=",
            $"--auth-zones=example={Zone()}", "--quiet=no", "--loglevel=6", "--disable-syslog=yes", "--log-timestamp=yes", $"--structured-logging={structured}");
        Ask(server);
        File.WriteAllText(LogPath, server.Stop());
        var queries = Check(Names.Concat(s_odd.Select(o => o.Name)), "NOERROR");
        Assert.All(queries, q => Assert.Equal((server.ClientPort, 1), (q.ClientPort, q.AnswerCount)));
    }

    private string Zone() => _folder.File("zone", "$TTL 60\n@ SOA ns.test. a.test. 1 1 1 1 1\n NS ns.test.\n* TXT hello\n* A 192.0.2.1\n");

    /// <summary>Asks for every name, by turns for an address and for text, stops the server, and returns the sizes of its answers.</summary>
    private static List<int> Ask(LoopbackServer server)
    {
        var sizes = Names.Concat(s_odd.Select(o => o.Name)).Select((name, i) => server.Ask(
            new MessageBuilder().Header((ushort)i, 0x0100).Set(4, 1).Bytes(WireName.Of(name)).U16(Type(i)).U16(1).ToArray())).ToList();
        server.Settle();
        server.Stop();
        return sizes;
    }

    private static int Type(int index) => index % 2 == 0 ? 1 : 16;

    private List<DnsQuery> Check(IEnumerable<string> names, string? code, int lossy = 0)
    {
        var content = LogContent.Read(LogPath);
        Assert.Null(content.Error);
        Assert.Empty(content.Statistics!.FirstBad);
        Assert.Equal((lossy, 0, 0), (content.Statistics.LossyNames, content.Statistics.UntimedQueries, content.Statistics.UnmatchedAnswers));
        var queries = content.Queries.Where(q => q.QueryName != "ready.example").ToList();
        Assert.Equal(names.Select((name, i) => $"{name} {(Type(i) == 1 ? "A" : "TXT")}"), queries.Select(q => $"{q.QueryName} {q.QueryType}"));
        Assert.All(queries, q => Assert.Equal(("127.0.0.1", code), (q.ClientAddress, q.ResponseCode)));
        Assert.All(queries, q => Assert.InRange(q.Timestamp, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow));
        return queries;
    }
}
