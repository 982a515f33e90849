using System.Text;
using System.Text.Json;

namespace DnsTunnel.Tests.Export;

/// <summary>What stands in the files, for the tools of others.</summary>
public class ExportFormatTests
{
    private static readonly DnsQuery s_query = new()
    {
        Timestamp = new DateTime(2026, 11, 24, 10, 28, 47, 949, DateTimeKind.Utc),
        ClientAddress = "192.0.2.1",
        ClientPort = 53225,
        ServerAddress = "192.0.2.53",
        ServerPort = 53,
        Id = 7,
        QueryName = "A\\009\\010+b\\.c.example.com",
        QueryType = "TXT",
        RegisteredDomain = "example.com",
        Subdomain = "A\\009\\010+b\\.c",
        ResponseCode = "NOERROR",
        AnswerCount = 2,
        Answers = ["\"a,b\\009\"", "-"],
        QuerySize = 40,
        ResponseSize = 100,
        HostName = "a\n\u001b[31m\u0085",
        ProcessId = 42,
        ProcessName = "x",
        UserName = "u\t",
    };

    [Fact]
    public void Ecs_has_the_names_of_the_schema()
    {
        var text = Text(s_query, DnsQueryFormat.EcsNdjson);
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal("2026-11-24T10:28:47.9490000Z", root.GetProperty("@timestamp").GetString());
        Assert.Equal("event", root.GetProperty("event").GetProperty("kind").GetString());
        Assert.Equal("192.0.2.1", root.GetProperty("source").GetProperty("ip").GetString());
        Assert.Equal(40, root.GetProperty("source").GetProperty("bytes").GetInt32());
        Assert.Equal(53, root.GetProperty("destination").GetProperty("port").GetInt32());
        Assert.Equal(100, root.GetProperty("destination").GetProperty("bytes").GetInt32());
        Assert.Equal("udp", root.GetProperty("network").GetProperty("transport").GetString());
        var dns = root.GetProperty("dns");
        Assert.Equal("answer", dns.GetProperty("type").GetString());
        Assert.Equal("7", dns.GetProperty("id").GetString());
        Assert.Equal(s_query.QueryName, dns.GetProperty("question").GetProperty("name").GetString());
        Assert.Equal("TXT", dns.GetProperty("question").GetProperty("type").GetString());
        Assert.Equal("example.com", dns.GetProperty("question").GetProperty("registered_domain").GetString());
        Assert.Equal(s_query.Subdomain, dns.GetProperty("question").GetProperty("subdomain").GetString());
        Assert.Equal(s_query.Answers[0], dns.GetProperty("answers")[0].GetProperty("data").GetString());
        Assert.Equal(42, root.GetProperty("process").GetProperty("pid").GetInt32());
        Assert.Equal("u\t", root.GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public void Ecs_is_one_line_without_control_characters_and_with_names_as_they_are_searched_for()
    {
        var text = Text(s_query, DnsQueryFormat.EcsNdjson);
        Assert.Equal('\n', text[^1]);
        Assert.DoesNotContain(text[..^1], char.IsControl);
        Assert.Contains("+b", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeek_has_its_header_its_columns_and_its_escapes()
    {
        var lines = Text(s_query, DnsQueryFormat.ZeekTsv).Split('\n');
        Assert.Equal(@"#separator \x09", lines[0]);
        Assert.StartsWith("#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery\t", lines[6], StringComparison.Ordinal);
        Assert.Equal(
            "1795516127.949000\t-\t192.0.2.1\t53225\t192.0.2.53\t53\tudp\t7\t-\tA\\x09\\x0a+b\\x2ec.example.com\t1\tC_INTERNET\t16\tTXT\t0\tNOERROR\t-\t-\t-\t-\t-\t\"a\\x2cb\\\\009\",\\x2d\t-\tF",
            lines[8]);
        Assert.Equal(lines[6].Split('\t').Length - 1, lines[8].Split('\t').Length);
        Assert.Equal(lines[6].Split('\t').Length, lines[7].Split('\t').Length);
        Assert.StartsWith("#close\t", lines[9], StringComparison.Ordinal);
        Assert.Equal("", lines[10]);
    }

    private static string Text(DnsQuery query, DnsQueryFormat format) => Encoding.UTF8.GetString(RoundTrip.Write([query], format));
}
