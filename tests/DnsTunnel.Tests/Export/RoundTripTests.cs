using System.Text;
using DnsTunnel.Logs;
using DnsTunnel.Names;
using DnsTunnel.Tests.Detection;

namespace DnsTunnel.Tests.Export;

/// <summary>What is exported is read back as equal objects.</summary>
public class RoundTripTests
{
    private static readonly string[] s_logs =
    [
        "formats/sysmon", "formats/suricata", "formats/bind9", "formats/coredns", "formats/unbound", "formats/powerdns", "formats/windows-dns",
    ];

    public static TheoryData<DnsQueryFormat> Formats => [.. Enum.GetValues<DnsQueryFormat>()];

    public static TheoryData<string, DnsQueryFormat> Captures()
    {
        var files = Directory.GetFiles(Path.Combine(SharedData.Repository, "examples", "captures")).ToList();
        if (SharedData.Root is { } root)
        {
            files.AddRange(Directory.GetFiles(Path.Combine(root, "tunnels", "own")));
            files.AddRange(Directory.GetFiles(Path.Combine(root, "formats", "pcap")));
            files.AddRange(Directory.GetFiles(Path.Combine(root, "malformed"), "name-*.pcap"));
            files.AddRange(Directory.GetFiles(Path.Combine(root, "malformed"), "rr-*.pcap"));
        }
        var cases = new TheoryData<string, DnsQueryFormat>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            foreach (var format in Enum.GetValues<DnsQueryFormat>()) cases.Add(Path.GetRelativePath(SharedData.Repository, file), format);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Queries_of_a_capture_come_back_equal(string capture, DnsQueryFormat format)
    {
        var queries = CaptureRun.Queries(Path.Combine(SharedData.Repository, capture));
        RoundTrip.Check(queries, format);
    }

    [Fact]
    public void Captures_have_names_that_test_it()
    {
        var queries = CaptureRun.Queries(SharedData.Path("tunnels/own/iodine_NULL_data.pcap.gz"));
        Assert.True(queries.Count(q => q.QueryName.Contains('\\', StringComparison.Ordinal)) > queries.Count / 2);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Queries_of_logs_come_back_equal(DnsQueryFormat format)
    {
        var read = 0;
        foreach (var file in s_logs.SelectMany(folder => Directory.GetFiles(SharedData.Path(folder)).Where(f => !f.EndsWith(".evtx", StringComparison.Ordinal))))
        {
            var queries = new List<DnsQuery>();
            using var reader = DnsLogReader.Open(file);
            while (queries.Count < 2000 && reader.TryRead(out var query)) queries.Add(query);
            // A log may count answers that it does not tell, which Zeek cannot.
            if (format == DnsQueryFormat.ZeekTsv) queries.RemoveAll(q => q.AnswerCount != q.Answers.Length);
            RoundTrip.Check(queries, format);
            read += queries.Count;
        }
        Assert.True(read > 1000);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Any_byte_in_a_name_comes_back(DnsQueryFormat format)
    {
        var random = new Random(20261124);
        var queries = new List<DnsQuery>();
        for (var value = 0; value < 256; value++) queries.Add(Query([(byte)value]));
        for (var round = 0; round < 2000; round++)
        {
            var label = new byte[random.Next(1, 64)];
            if (round % 2 == 0) random.NextBytes(label);
            else foreach (ref var value in label.AsSpan()) value = ".\\x2e09\t\n\",-()#'&+<"u8[random.Next(18)];
            queries.Add(Query(label));
        }
        RoundTrip.Check(queries, format);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Marks_of_the_format_are_values_when_a_name_or_answer_is_one(DnsQueryFormat format)
    {
        string[] marks = ["-", "(empty)", ",", "#close", "\\\\-", "", "\t", "a,b", "\"x\\\"y\" \"\\009\\255\"", "\\# 2 0AFF", "1.2", "::ffff:192.0.2.1", "2001:db8::1", "{\"a\":1}"];
        var names = marks.Where(m => m.Length > 0 && !m.Contains(' ', StringComparison.Ordinal)).Select(m => Encoding.Latin1.GetBytes(m));
        var queries = names.Select(n => Query(n, alone: true)).ToList();
        queries.AddRange(marks.Where(m => m != "\t").Select(m => Answered(m)));
        queries.Add(Answered([.. marks.Where(m => m != "\t")]));
        queries.Add(Answered("", ""));
        RoundTrip.Check(queries, format);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Rare_codes_and_missing_values_come_back(DnsQueryFormat format)
    {
        var ticks = new DateTime(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc).Ticks;
        RoundTrip.Check(
        [
            new DnsQuery { Timestamp = new DateTime(ticks + 1, DateTimeKind.Utc), Transport = DnsTransport.Tcp },
            new DnsQuery { Timestamp = new DateTime(ticks + 9_999_990, DateTimeKind.Utc), QueryType = "ANY", QueryClass = "CH", Id = 65535 },
            new DnsQuery { Timestamp = DateTime.UnixEpoch, QueryType = "TYPE65399", QueryClass = "CLASS7", ResponseCode = "RCODE4095" },
            new DnsQuery { Timestamp = DateTime.UnixEpoch, QueryType = "", QueryClass = "HS", ResponseCode = "BADCOOKIE" },
            new DnsQuery { Timestamp = DateTime.UnixEpoch, QueryType = "NSAP-PTR", QueryClass = "NONE", ResponseCode = "NXDOMAIN" },
            new DnsQuery { Timestamp = DateTime.UnixEpoch, ClientAddress = "2001:db8::1", ServerPort = 53, QueryClass = "ANY" },
        ],
        format);
    }

    [Fact]
    public void Ecs_holds_host_process_user_sizes_and_counts() => RoundTrip.Check(
    [
        new DnsQuery { HostName = "ws-1", ProcessId = 4711, ProcessName = "kworker/0:1-events", ProcessPath = "C:\\a b\\\"x\".exe", UserName = "CONTOSO\\J\u00f6rg", QuerySize = 40, ResponseSize = 512, AnswerCount = 7 },
    ],
    DnsQueryFormat.EcsNdjson);

    private static DnsQuery Query(byte[] label, bool alone = false)
    {
        byte[] wire = [(byte)label.Length, .. label, .. alone ? new byte[] { 0 } : [7, .. "example"u8, 3, .. "com"u8, 0]];
        var (domain, subdomain) = PublicSuffixList.Default.Split(wire);
        return new DnsQuery { Timestamp = DateTime.UnixEpoch, QueryName = DnsName.ToText(wire), RegisteredDomain = domain, Subdomain = subdomain };
    }

    private static DnsQuery Answered(params string[] answers) =>
        new() { Timestamp = DateTime.UnixEpoch, ResponseCode = "NOERROR", AnswerCount = answers.Length, Answers = answers };
}
