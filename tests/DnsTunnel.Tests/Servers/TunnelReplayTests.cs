using DnsTunnel.Capture;
using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Tests.Detection;
using DnsTunnel.Tests.Dnstap;
using DnsTunnel.Tests.Logs;
using DnsTunnel.Tests.Packets;
using DnsTunnel.Tests.Response;
using DnsTunnel.Wire;

namespace DnsTunnel.Tests.Servers;

/// <summary>The questions of captured tunnels, asked again: dnstap and query log of the server give the finding of the capture.</summary>
public sealed class TunnelReplayTests : IDisposable
{
    private const int MaxQuestions = 600;

    private readonly TemporaryFolder _folder = new();

    private string LogPath => _folder.File("queries.log");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("iodine.pcap.gz")]
    [InlineData("dns2tcp.pcap")]
    public void Dnstap_and_log_give_the_finding_of_the_capture(string name)
    {
        var capture = Path.Combine(SharedData.Repository, "examples", "captures", name);
        var questions = Questions(capture).Take(MaxQuestions).ToList();
        using var run = LiveRun.OnSocket(_folder.File("dnstap.sock"));
        using (var server = Start())
        {
            foreach (var question in questions) server.Ask(question);
            run.Until(() => Asked(run.Queries).Count() >= questions.Count);
            Assert.Equal(questions.Count, Asked(run.Queries).Count());
            server.Stop();
        }
        run.Server.Complete();
        Assert.Empty(run.Server.Problems);

        var domain = Assert.Single(CaptureRun.Findings(capture).Select(f => f.Domain).Distinct());
        foreach (var queries in new[] { Asked(run.Queries), Asked(LogContent.Read(LogPath).Queries) })
        {
            Assert.Equal(questions.Select(NameOf), queries.Select(q => q.QueryName));
            Assert.Equal([domain], CaptureRun.Findings(queries).Select(f => f.Domain));
        }
    }

    private static IEnumerable<DnsQuery> Asked(IEnumerable<DnsQuery> queries) => queries.Where(q => q.QueryName != "ready.example");

    /// <summary>The requests of a capture, each once, as they were on the wire.</summary>
    private static IEnumerable<byte[]> Questions(string capture)
    {
        var sink = new RecordingSink();
        var decoder = new PacketDecoder(sink, PacketDecoder.DefaultPorts, new CaptureStatistics());
        using var reader = CaptureReader.Open(capture);
        while (reader.TryRead(out var packet)) decoder.Decode(packet);
        return sink.Messages.Where(m => DnsMessage.LooksLikeRequest(m) && NameOf(m) != ".").DistinctBy(NameOf);
    }

    private static string NameOf(byte[] message)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxWireLength];
        return DnsMessage.TryRead(message, name, out var read) == DnsReadStatus.Ok ? DnsName.ToText(read.QuestionName) : ".";
    }

    /// <summary>A server that knows no name: BIND, with its query log beside dnstap.</summary>
    private LoopbackServer Start()
    {
        var port = LoopbackServer.FreePort();
        // BIND drops what does not fit into its queue to dnstap, by default 512 messages: two for each question.
        var root = _folder.File("root.zone", "$TTL 60\n@ SOA ns.test. a.test. 1 1 1 1 1\n NS ns.test.\n");
        return new LoopbackServer(port, Programs.Require("named", "bind9"), "-f", "-n", "1", "-c", _folder.File("named.conf",
            $$"""
            controls { };
            options {
                directory "{{_folder.Path}}"; pid-file none; session-keyfile none;
                listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; };
                recursion no; dnssec-validation no; empty-zones-enable no; querylog yes;
                dnstap { all; }; fstrm-set-input-queue-size 4096; dnstap-output unix "{{_folder.File("dnstap.sock")}}";
            };
            logging {
                channel queries { file "{{LogPath}}"; print-time iso8601-utc; };
                category queries { queries; };
            };
            zone "." { type primary; file "{{root}}"; };
            """));
    }
}
