using System.Collections;
using DnsTunnel.Logs;
using DnsTunnel.Logs.Objects;
using DnsTunnel.Names;

namespace DnsTunnel.Tests.Logs;

public class QueryObjectReaderTests
{
    private readonly QueryObjectReader _reader = new(TimeZoneInfo.Utc);

    /// <summary>Names of files, processes and findings are no query names unless more speaks for it.</summary>
    [Theory]
    [InlineData("QueryName", null, true, LogLineStatus.Query)]
    [InlineData("dns.question.name", null, true, LogLineStatus.Query)]
    [InlineData("Name", null, false, LogLineStatus.NoQuery)]
    [InlineData("DOMAIN", "Id", false, LogLineStatus.NoQuery)]
    [InlineData("DOMAIN", "Client", false, LogLineStatus.Query)]
    [InlineData("name", "type", false, LogLineStatus.Query)]
    [InlineData("Colour", "Time", false, LogLineStatus.NoQuery)]
    public void A_name_alone_is_enough_when_only_queries_have_it(string name, string? other, bool isCertain, object status)
    {
        var properties = new List<KeyValuePair<string, object?>> { new(name, "a.example") };
        if (other is not null) properties.Add(new(other, "1"));
        Assert.Equal(status, _reader.Read(properties, out var certain));
        Assert.Equal(isCertain, certain);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_empty_is_not_there(string? empty)
    {
        Assert.Equal(LogLineStatus.NoQuery, _reader.Read([new("QueryName", empty), new("Time", "2023-11-14T22:13:20Z")], out _));
        Assert.Equal(LogLineStatus.Query, _reader.Read([new("QueryName", "a.example"), new("Time", empty)], out _));
    }

    [Fact]
    public void Names_that_come_first_in_the_table_win_wherever_they_stand()
    {
        Assert.Equal(LogLineStatus.Query, _reader.Read([new("query", "a.example"), new("query_name", "b.example"), new("domain", "c.example")], out _));
        Assert.Equal("b.example", _reader.Take().QueryName);
    }

    [Fact]
    public void Splunk_has_the_type_of_the_record_apart_from_that_of_the_message()
    {
        Assert.Equal(LogLineStatus.Query, _reader.Read([new("query", "a.example"), new("query_type", "Query"), new("record_type", "AAAA")], out _));
        Assert.Equal("AAAA", _reader.Take().QueryType);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", null)]
    [InlineData("/var/log/dns.log", null, "/var/log/dns.log")]
    public void A_source_is_a_client_when_it_is_an_address(string source, string? client, string? path)
    {
        Assert.Equal(LogLineStatus.Query, _reader.Read([new("query", "a.example"), new("source", source)], out _));
        var query = _reader.Take();
        Assert.Equal((client, path), (query.ClientAddress, query.Source));
    }

    [Fact]
    public void An_array_that_a_table_lost_is_no_answer()
    {
        Assert.Equal(LogLineStatus.Query, _reader.Read([new("query", "a.example"), new("answers", "System.String[]")], out _));
        Assert.Empty(_reader.Take().Answers);
    }

    [Fact]
    public void No_value_breaks_the_reader()
    {
        var random = new Random(4);
        string[] names = ["QueryName", "Time", "UtcTime", "Client", "Source", "Type", "Class", "Id", "Transport", "Answers", "QueryResults", "QueryStatus", "rcode", "ProcessId", "Image", "User"];
        object?[] values =
        [
            null, "", " ", ".", "a.example", "\\", "\\2", "\\255", "\ud800", "\u202e", "a\r\nb", new string('x', 70_000), "11/14/2023 10:13 PM", "99/99/9999 99:99", "99.99.9999 99:99:99", "1.1.1.1:",
            double.NaN, double.PositiveInfinity, double.MaxValue, 1e-300, long.MinValue, ulong.MaxValue, -1, 22, true, DateTime.MinValue, DateTime.MaxValue, DateTimeOffset.MaxValue, new ArrayList { null, "a", 1, new[] { 2 } }, Array.Empty<byte>(), new object(), Guid.Empty,
        ];
        for (var i = 0; i < 5_000; i++)
        {
            var properties = Enumerable.Range(0, random.Next(1, 6)).Select(_ => new KeyValuePair<string, object?>(names[random.Next(names.Length)], values[random.Next(values.Length)]));
            if (_reader.Read(properties, out _) == LogLineStatus.Query)
            {
                var query = _reader.Take();
                Assert.True(DnsName.TryParse(query.QueryName, new byte[DnsName.MaxWireLength], out _));
                Assert.Equal(DateTimeKind.Utc, query.Timestamp.Kind);
                Assert.DoesNotContain(query.Answers.Append(query.Source ?? "").Append(query.UserName ?? ""), text => text.Any(char.IsControl));
            }
        }

        Assert.InRange(_reader.Statistics.Queries, 100, 4_900);
    }
}
