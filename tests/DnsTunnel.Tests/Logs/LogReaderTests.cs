using System.IO.Compression;
using System.Text;
using DnsTunnel.Logs;

namespace DnsTunnel.Tests.Logs;

public class LogReaderTests
{
    private const string Line = "24-Nov-2026 10:28:47.525 client 192.0.2.1#53225 (a.example): query: a.example IN A + (192.0.2.53)\n";

    [Theory]
    [InlineData("hello\nworld\n", "it begins with \"hello\"")]
    [InlineData("\u001b[31mred\u0007\n", "it begins with")]
    [InlineData("\u00d4\u00c3\u00b2\u00a1 capture", "it begins with D4 C3 B2 A1")]
    [InlineData("", "the file is empty")]
    public void A_file_of_no_known_format_is_named_by_what_it_begins_with(string text, string expected)
    {
        var error = LogContent.ReadText(text).Error;
        Assert.Contains(expected, error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void Bad_lines_are_counted_by_cause_and_the_first_ten_kept()
    {
        var text = new StringBuilder(Line);
        for (var i = 0; i < 12; i++) text.Append(Line.Replace("query: a.example", "query: " + new string('a', 64)));
        text.Append(Line.Replace("10:28", "10:99")).Append("24-Nov-2026 10:28:47.525 zone loaded\n").Append(Line);
        var content = LogContent.ReadText(text.ToString());
        Assert.Equal(2, content.Queries.Count);
        Assert.Equal((16, 13, 1), (content.Statistics!.Lines, content.Statistics.BadLines, content.Statistics.SkippedLines));
        Assert.Equal(new Dictionary<string, long> { ["BadName"] = 12, ["BadTime"] = 1 }, content.Statistics.BadLinesByCause);
        Assert.Equal(Enumerable.Range(2, 10).Select(i => (long)i), content.Statistics.FirstBad.Select(bad => bad.Line));
    }

    [Fact]
    public void A_line_over_the_limit_is_passed_over_wherever_it_stands()
    {
        var long_ = new string('x', LineReader.MaxLength * 5 / 2) + "\n";
        var content = LogContent.ReadText(Line + long_ + Line + long_.TrimEnd());
        Assert.Equal(2, content.Queries.Count);
        Assert.Equal(2, content.Statistics!.BadLinesByCause["TooLong"]);
        Assert.Equal([2L, 4L], content.Statistics.FirstBad.Select(bad => bad.Line));
    }

    [Fact]
    public void What_was_read_before_a_compressed_file_ends_early_is_kept()
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < 20_000; i++) gzip.Write(Encoding.ASCII.GetBytes(Line.Replace("53225", $"{i}")));
        }
        var content = LogContent.Read(stored.ToArray()[..^2000]);
        Assert.NotNull(content.Error);
        Assert.InRange(content.Queries.Count, 1000, 19_999);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_byte_order_mark_is_understood(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var content = LogContent.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(string.Concat(Enumerable.Repeat(Line.Replace("\n", "\r\n"), 3000)))]);
        Assert.Equal(3000, content.Queries.Count);
        Assert.Equal(0, content.Statistics!.BadLines);
    }

    [Fact]
    public void A_format_may_be_forced_and_is_found_by_its_name()
    {
        var content = LogContent.ReadText("nothing\n" + Line, new DnsLogOptions { Format = DnsLogFormat.Find("bind") });
        Assert.Single(content.Queries);
        Assert.Equal("Bind", content.Statistics!.Format);
        Assert.Null(DnsLogFormat.Find("nonesuch"));
        Assert.Equal(DnsLogFormat.All.Count, DnsLogFormat.All.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("Nov 24 10:28:47", "2026-11-24T10:28:47")]
    [InlineData("Dec 31 23:59:59", "2025-12-31T23:59:59")]
    [InlineData("Nov 25 00:10:00", "2026-11-25T00:10:00")]
    [InlineData("Feb 29 10:00:00", "2024-02-29T10:00:00")]
    public void A_time_without_a_year_does_not_lie_in_the_future_of_its_file(string written, string expected)
    {
        var query = LogContent.One($"{written} dnsmasq[1]: query[A] a.example from 192.0.2.1", new DnsLogOptions { LastWritten = new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc) });
        Assert.Equal(expected, query.Timestamp.ToString("s"));
    }

    [Fact]
    public void A_time_without_a_zone_is_of_the_zone_of_the_server()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("+2", TimeSpan.FromHours(2), "+2", "+2");
        Assert.Equal(new DateTime(2026, 11, 24, 8, 28, 47, 525), LogContent.One(Line, new DnsLogOptions { TimeZone = zone }).Timestamp);
    }

    [Fact]
    public void The_same_query_has_the_same_name_in_every_log()
    {
        string[] logs =
        [
            "24-Nov-2026 10:28:47.525 client 192.0.2.1#5 (x): query: \\255\\128\\001a\\.b\\032c.example IN A + (192.0.2.53)",
            "[INFO] 192.0.2.1:48863 - 42318 \"A IN \\255\\128\\001a\\.b\\032c.example. udp 49 false 512\" - - 0 0s",
            "Nov 24 10:28:47 Remote 192.0.2.1 wants '\\255\\128\\001a\\.b\\032c.example|A', do = 0, bufsize = 1232: packetcache MISS",
            "6/5/2013 10:00:32 AM 0E70 PACKET  0 UDP Rcv 192.0.2.1 5b47   Q [0001   D   NOERROR] A      (8)\u00ff\u0080\u0001a.b c(7)example(0)",
        ];
        Assert.Equal(["\\255\\128\\001a\\.b\\032c.example"], logs.Select(log => LogContent.One(log).QueryName).Distinct());
    }

    [Fact]
    public void Many_unanswered_queries_wait_in_bounded_number_and_leave_in_order()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++) text.Append($"Nov 24 10:28:47 dnsmasq[1]: query[A] n{i}.example from 192.0.2.1\n");
        using var reader = DnsLogReader.Open(new MemoryStream(Encoding.ASCII.GetBytes(text.ToString())));
        var count = 0;
        while (reader.TryRead(out var query))
        {
            Assert.Equal($"n{count++}.example", query.QueryName);
            Assert.InRange(reader.Statistics.Lines - count, -1, 5000);
        }
        Assert.Equal(20_000, count);
    }
}
