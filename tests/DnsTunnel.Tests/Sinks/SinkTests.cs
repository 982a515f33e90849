using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DnsTunnel.Delivery;
using DnsTunnel.Names;
using DnsTunnel.Tests.Delivery;
using DnsTunnel.Tests.Export;
using DnsTunnel.Tests.Report;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Sinks;

/// <summary>What others named stays a value, wherever it is written for people and for other programs.</summary>
public sealed partial class SinkTests
{
    /// <summary>What rsyslog takes at most unless it is told otherwise.</summary>
    private const int LongestSyslog = 8192;

    private static readonly DateTime s_now = new(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);

    /// <summary>A lone surrogate cannot be written in UTF-8.</summary>
    private static string InUtf8(string text) => text.Replace('\uD800', '\uFFFD');

    [Fact]
    public void Terminal()
    {
        Assert.All(Hostile.Texts, text => Assert.All(Printable.Text(text).EnumerateRunes(), rune => Assert.True(Printable.IsSafe(rune))));
        Assert.All(Hostile.Labels, label => Assert.All(Hostile.Below(label).Text, c => Assert.InRange(c, '!', '~')));
    }

    [Fact]
    public void Html_report()
    {
        var harmless = Reports.Parse(Reports.Hostile("harmless.example"));
        var ours = Encoding.UTF8.GetString(Reports.Write(Reports.Hostile("harmless.example"))).ToHashSet();
        Assert.All(Hostile.Texts, text =>
        {
            var report = Reports.Parse(Reports.Hostile(text));
            Assert.Equal(Shape(harmless), Shape(report));
            Assert.Equal(Printable.Text(text), report.QuerySelector("#table tbody td")!.TextContent);
            Assert.Equal(Printable.Text(text), report.QuerySelector("h1")!.TextContent);
            using var data = JsonDocument.Parse(report.GetElementById("data")!.TextContent);
            Assert.Equal(Printable.Text(text), data.RootElement[0].GetProperty("domain").GetString());
            Assert.Equal(Printable.Text(text), data.RootElement[0].GetProperty("samples")[0].GetString());
            // No letter that a terminal obeys or an eye is deceived by.
            Assert.DoesNotContain(Encoding.UTF8.GetString(Reports.Write(Reports.Hostile(text))), c => c is not (>= ' ' and <= '~') && !ours.Contains(c));
        });
    }

    [Fact]
    public void Json_lines_of_findings_and_the_body_of_a_webhook() => Assert.All(Hostile.Texts, text =>
    {
        using var webhook = new WebhookReceiver(new Uri("https://siem.example/"), []);
        foreach (var json in new[] { EcsFindingWriter.Write(Findings.Hostile(text), s_now), webhook.Encode(Findings.Hostile(text)) })
        {
            Assert.DoesNotContain(json, b => b < ' ');
            using var read = JsonDocument.Parse(json);
            Assert.Equal(InUtf8(text), read.RootElement.GetProperty("dns").GetProperty("question").GetProperty("registered_domain").GetString());
        }
    });

    [Fact]
    public void Syslog_and_CEF() => Assert.All(Hostile.Texts, text =>
    {
        foreach (var format in Enum.GetValues<SyslogFormat>())
        {
            var message = SyslogMessage.Write(Findings.Hostile(text), format, s_now);
            Assert.True(message.Length < LongestSyslog, $"{message.Length} bytes");
            Assert.DoesNotContain(message, b => b is < 0x20 or 0x7F);
            Assert.Matches(format == SyslogFormat.Cef ? Cef() : Rfc5424(), Encoding.UTF8.GetString(message));
        }
    });

    [Fact]
    public void Json_lines_of_queries() => Assert.All(Hostile.Texts, text =>
    {
        var lines = Lines(DnsQueryFormat.EcsNdjson, Query(text));
        using var read = JsonDocument.Parse(Assert.Single(lines));
        Assert.Equal(InUtf8(text), read.RootElement.GetProperty("user").GetProperty("name").GetString());
    });

    [Fact]
    public void Zeek_columns() => Assert.All(Hostile.Texts, text =>
    {
        var lines = Lines(DnsQueryFormat.ZeekTsv, Query(text));
        var columns = lines.Single(line => line.StartsWith("#fields", StringComparison.Ordinal)).Count(c => c == '\t');
        var row = Assert.Single(lines, line => line[0] != '#');
        Assert.Equal(columns - 1, row.Count(c => c == '\t'));
        Assert.DoesNotContain(row, c => c < ' ' && c != '\t');
    });

    /// <summary>Names of files are made of numbers; what is in them is not asked.</summary>
    [Fact]
    public void File_names()
    {
        using var folder = new TemporaryFolder();
        var outbox = new Outbox(folder.Path, ".json");
        foreach (var text in Hostile.Texts) outbox.Add(EcsFindingWriter.Write(Findings.Hostile(text), s_now));
        Assert.Equal(Hostile.Texts.Length, outbox.Waiting.Length);
        Assert.All(outbox.Waiting, file => Assert.Matches(@"^\d{19}-[0-9a-f]{32}\.json$", Path.GetRelativePath(folder.Path, file)));
    }

    private static DnsQuery Query(string text) => new()
    {
        Timestamp = s_now,
        QueryName = DnsName.ToText(Names.WireName.FromLabels(Encoding.Latin1.GetBytes(text[..Math.Min(text.Length, 63)]), "example"u8.ToArray())),
        HostName = text,
        UserName = text,
        ProcessName = text,
        Answers = [text],
        AnswerCount = 1,
    };

    private static string[] Lines(DnsQueryFormat format, DnsQuery query) =>
        Encoding.UTF8.GetString(RoundTrip.Write([query], format)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The elements and their attributes, without texts.</summary>
    private static IEnumerable<string> Shape(AngleSharp.Dom.IDocument report) =>
        report.All.Select(e => $"{e.ParentElement?.LocalName}>{e.LocalName} {string.Join(' ', e.Attributes.Select(a => $"{a.Name}={a.Value}"))}");

    /// <summary>The grammar of RFC 5424, 6, with one element of structured data that ends where it should.</summary>
    [GeneratedRegex("""^<\d{1,3}>1 \S+ \S+ DnsTunnel \d+ Finding \[dnsTunnel@32473( [a-zA-Z]+="([^"\\\]]|\\["\\\]])*")+\] \uFEFF?DNS tunnel through .*$""")]
    private static partial Regex Rfc5424();

    /// <summary>Seven fields, then keys of the dictionary with values in which = and \ are escaped.</summary>
    [GeneratedRegex("""^<\d{1,3}>1 \S+ \S+ DnsTunnel \d+ Finding - CEF:0\|DnsTunnel\|DnsTunnel\|[\d.]+\|T1572\|DNS Tunneling\|\d+\|((rt|start|end|externalId|app|src|shost|c6a2|c6a2Label|destinationDnsDomain|cnt|out|in|cn1|cfp1|cs1|cs2|cs3|cs4|cn1Label|cfp1Label|cs1Label|cs2Label|cs3Label|cs4Label|reason|msg)=([^=\\]|\\[=\\])*)+$""")]
    private static partial Regex Cef();
}
