using DnsTunnel.Logs;

namespace DnsTunnel.Tests.Logs;

/// <summary>Logs of servers that write lines of text: BIND, CoreDNS, Unbound, dnsmasq, PowerDNS.</summary>
public class TextLogTests
{
    private static readonly DateTime s_time = new(2026, 11, 24, 10, 28, 47, DateTimeKind.Utc);

    private static readonly DnsLogOptions s_options = new() { LastWritten = new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc), Source = "s" };

    [Theory]
    [InlineData("24-Nov-2026 10:28:47.525 client @0x7ff5 192.0.2.1#53225 (www.example.co.uk): query: www.example.co.uk IN AAAA +E(0)TK (192.0.2.53)")]
    [InlineData("2026-11-24T10:28:47.525Z queries: info: client @0x7ff5 192.0.2.1#53225 (www.example.co.uk): view in: query: www.example.co.uk IN AAAA +T (192.0.2.53)")]
    [InlineData("2026-11-24T11:28:47.525+01:00 client 192.0.2.1#53225: query: www.example.co.uk IN AAAA +T (192.0.2.53)")]
    [InlineData("<30>Nov 24 10:28:47 ns1 named[207]: 24-Nov-2026 10:28:47.525 queries: info: client @0x7ff5 192.0.2.1#53225 (www.example.co.uk): query: www.example.co.uk IN AAAA +T (192.0.2.53)")]
    public void Bind(string line)
    {
        var query = LogContent.One(line, s_options);
        Assert.Equal(s_time.AddMilliseconds(525), query.Timestamp);
        Assert.Equal(("192.0.2.1", 53225, "192.0.2.53", 53), (query.ClientAddress, query.ClientPort, query.ServerAddress, query.ServerPort));
        Assert.Equal(("www.example.co.uk", "AAAA", "IN", DnsTransport.Tcp), (query.QueryName, query.QueryType, query.QueryClass, query.Transport));
        Assert.Equal(("example.co.uk", "www", null, "s"), (query.RegisteredDomain, query.Subdomain, query.ResponseCode, query.Source));
    }

    [Theory]
    [InlineData("Nov 24 10:28:47 ns1 named[2]: queries: client @0x7ff5 192.0.2.1#53225 (a.example): query: a.example IN A + (192.0.2.53)")]
    [InlineData("Nov 24 10:28:47 ns1 named[2]: infoblox-responses: 24-Nov-2026 10:28:47.000 client 192.0.2.1#53225: UDP: query: a.example IN A response: NOERROR +EV a.example. 250 IN A 192.0.2.7; a.example. 250 IN A 192.0.2.8;")]
    public void Infoblox(string line)
    {
        var query = LogContent.One(line, s_options);
        Assert.Equal((s_time, "192.0.2.1", "a.example", "A"), (query.Timestamp, query.ClientAddress, query.QueryName, query.QueryType));
        if (!line.Contains("responses")) return;
        Assert.Equal("NOERROR", query.ResponseCode);
        Assert.Equal(["192.0.2.7", "192.0.2.8"], query.Answers);
    }

    [Fact]
    public void Infoblox_responses_are_joined_to_their_queries()
    {
        const string Query = "Nov 24 10:28:47 ns1 named[2]: client @0x7ff5 192.0.2.1#{0} ({1}): query: {1} IN A + (192.0.2.53)\n";
        const string Response = "Nov 24 10:28:48 ns1 named[2]: client 192.0.2.1#{0}: UDP: query: {1} IN A response: {2} +EV a.example. 250 IN A 192.0.2.7;\n";
        string[] lines =
        [
            string.Format(null, Query, 1, "a.example"), string.Format(null, Query, 2, "a.example"), string.Format(null, Response, 2, "A.example", "NXDOMAIN"),
            string.Format(null, Query, 3, "b.example"), string.Format(null, Response, 1, "a.example", "NOERROR"), string.Format(null, Response, 4, "c.example", "NOERROR"),
        ];
        var content = LogContent.ReadText(string.Concat(lines), s_options);
        Assert.Equal([(1, "NOERROR"), (2, "NXDOMAIN"), (3, null)], content.Queries.Select(q => (q.ClientPort, q.ResponseCode)));
        Assert.Equal(["192.0.2.7"], content.Queries[0].Answers);
        Assert.Equal(53, content.Queries[0].ServerPort);
        Assert.Equal((6, 1, 0), (content.Statistics!.Lines, content.Statistics.UnmatchedAnswers, content.Statistics.BadLines));
    }

    [Fact]
    public void Queries_of_a_log_without_responses_stay_in_order()
    {
        var lines = Enumerable.Range(0, 200).Select(i => $"24-Nov-2026 10:28:47.525 client 192.0.2.1#{i + 1}: query: a{i}.example IN A + (192.0.2.53)\n");
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"a{i}.example"), LogContent.ReadText(string.Concat(lines), s_options).Queries.Select(q => q.QueryName));
    }

    [Fact]
    public void Denied_queries_count_where_queries_are_not_logged()
    {
        const string Denied = "19-Oct-2022 05:34:02.425 client 192.0.2.1#3076 (a/b.example): query (cache) 'a/b.example/ANY/IN' denied (reason)\n";
        var query = LogContent.One(Denied);
        Assert.Equal(("a/b.example", "ANY", "IN", "REFUSED"), (query.QueryName, query.QueryType, query.QueryClass, query.ResponseCode));
        Assert.Single(LogContent.ReadText("19-Oct-2022 05:34:02.425 client 192.0.2.1#3076 (x): query: x IN A + (192.0.2.53)\n" + Denied).Queries);
    }

    [Theory]
    [InlineData("[INFO] 192.0.2.1:48863 - 42318 \"TXT IN wWw.example.net. tcp 49 false 512\" NXDOMAIN qr,aa,rd,ra 126 0.0021s \"0\"")]
    [InlineData("2026-11-24T10:28:47.000Z [INFO] 192.0.2.1:48863 - 42318 \"TXT IN wWw.example.net. tcp 49 false 512\" NXDOMAIN qr,aa,rd,ra 126 0.0021s")]
    public void CoreDns(string line)
    {
        var content = LogContent.ReadText(line, s_options);
        var query = Assert.Single(content.Queries);
        var timed = line.StartsWith("2026", StringComparison.Ordinal);
        Assert.Equal(timed ? s_time : s_options.LastWritten, query.Timestamp);
        Assert.Equal(timed ? 0 : 1, content.Statistics!.UntimedQueries);
        Assert.Equal(("192.0.2.1", 48863, 42318, DnsTransport.Tcp), (query.ClientAddress, query.ClientPort, query.Id, query.Transport));
        Assert.Equal(("wWw.example.net", "TXT", "NXDOMAIN", 49, 126), (query.QueryName, query.QueryType, query.ResponseCode, query.QuerySize, query.ResponseSize));
    }

    [Fact]
    public void CoreDns_without_an_answer()
    {
        var query = LogContent.One("[INFO] [2001:db8::1]:48863 - 7 \"A IN a.example. udp 49 false 512\" - - 0 4.01s", s_options);
        Assert.Equal(("2001:db8::1", null, 0), (query.ClientAddress, query.ResponseCode, query.ResponseSize));
    }

    [Theory]
    [InlineData("[1795516127] unbound[9:0] query: 192.0.2.1 a.example. MX IN\n[1795516128] unbound[9:0] reply: 192.0.2.1 a.example. MX IN SERVFAIL 0.9 0 60\n")]
    [InlineData("Nov 24 10:28:47 unbound[9:0] info: 192.0.2.1 a.example. MX IN\nNov 24 10:28:48 unbound[9:0] info: 192.0.2.1 A.example. MX IN SERVFAIL 0.9 0 60\n")]
    [InlineData("Nov 24 10:28:47 gw unbound[9]: [9:0] info: 192.0.2.1 a.example. MX IN SERVFAIL 0.9 0 60\n")]
    public void Unbound(string lines)
    {
        var query = LogContent.One(lines, s_options);
        Assert.Equal((s_time, "192.0.2.1", "a.example", "MX"), (query.Timestamp, query.ClientAddress, query.QueryName, query.QueryType));
        Assert.Equal(("SERVFAIL", 60), (query.ResponseCode, query.ResponseSize));
    }

    [Fact]
    public void Dnsmasq_plain_joins_answers_by_name_and_type()
    {
        var queries = LogContent.ReadText(
            """
            Nov 24 10:28:47 dnsmasq[9]: query[A] www.example.org from 192.0.2.1
            Nov 24 10:28:47 dnsmasq[9]: forwarded www.example.org to 192.0.2.53
            Nov 24 10:28:47 dnsmasq[9]: query[AAAA] www.example.org from 192.0.2.2
            Nov 24 10:28:47 dnsmasq[9]: query[PTR] 7.2.0.192.in-addr.arpa from 192.0.2.3
            Nov 24 10:28:47 dnsmasq[9]: reply www.example.org is <CNAME>
            Nov 24 10:28:47 dnsmasq[9]: reply web.example.org is 2001:db8::10
            Nov 24 10:28:47 dnsmasq[9]: cached 192.0.2.7 is host.example.org
            Nov 24 10:28:47 dnsmasq[9]: query[A] with space.example from 192.0.2.6
            Nov 24 10:28:47 dnsmasq[9]: cached-stale with space.example is NODATA-IPv4
            Nov 24 10:28:47 dnsmasq[9]: query[type=65] gone.example.org from 192.0.2.4
            Nov 24 10:28:47 dnsmasq[9]: config gone.example.org is NXDOMAIN
            Nov 24 10:28:47 dnsmasq[9]: query[TXT] <name unprintable> from 192.0.2.5
            """,
            s_options).Queries;
        Assert.Equal(["www.example.org", "www.example.org", "7.2.0.192.in-addr.arpa", "with\\032space.example", "gone.example.org", "<name\\032unprintable>"], queries.Select(q => q.QueryName));
        Assert.Equal(["A", "AAAA", "PTR", "A", "HTTPS", "TXT"], queries.Select(q => q.QueryType));
        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.6", "192.0.2.4", "192.0.2.5"], queries.Select(q => q.ClientAddress));
        Assert.Equal("NOERROR", queries[0].ResponseCode);
        Assert.Equal(["host.example.org"], queries[2].Answers);
        Assert.Equal(("NOERROR", 0), (queries[3].ResponseCode, queries[3].AnswerCount));
        Assert.Equal("NXDOMAIN", queries[4].ResponseCode);
        Assert.Null(queries[5].ResponseCode);
    }

    [Fact]
    public void Dnsmasq_extra_joins_answers_by_serial_number()
    {
        var content = LogContent.ReadText(
            """
            Nov 24 10:28:47 dnsmasq[9]: 1 192.0.2.1/51301 query[A] a.example from 192.0.2.1
            Nov 24 10:28:47 dnsmasq[9]: 2 192.0.2.1/51302 query[A] a.example from 192.0.2.1
            Nov 24 10:28:48 dnsmasq[9]: 2 192.0.2.1/51302 reply a.example is <CNAME>
            Nov 24 10:28:48 dnsmasq[9]: 2 192.0.2.1/51302 reply b.example is 192.0.2.9
            Nov 24 10:28:48 dnsmasq[9]: 1 192.0.2.1/51301 gravity blocked a.example is 0.0.0.0
            """,
            s_options);
        Assert.Equal([51301, 51302], content.Queries.Select(q => q.ClientPort));
        Assert.Equal(["0.0.0.0"], content.Queries[0].Answers);
        Assert.Equal((2, "192.0.2.9"), (content.Queries[1].AnswerCount, Assert.Single(content.Queries[1].Answers)));
    }

    [Theory]
    [InlineData("Nov 24 10:28:47 Remote 192.0.2.1 wants 'a\\032'|b.example|TXT', do = 0, bufsize = 1232: packetcache MISS")]
    [InlineData("Nov 24 10:28:47 ns pdns_recursor[5]: 2 [37/1] question for 'a\\032'|b.example|TXT' from 192.0.2.1:57492\nNov 24 10:28:47 ns pdns_recursor[5]: 2 [37/1] answer to question 'a\\032'|b.example|TXT': 3 answers, 0 additional, rcode=3")]
    [InlineData("Nov 24 10:28:47 2 [37/1] TCP question for 'a\\032'|b.example|TXT' from 192.0.2.1:57492\nNov 24 10:28:47 2 [37/1] answer to question 'a\\032'|b.example|TXT': 3 answers, 0 additional, rcode=3")]
    public void PowerDns(string lines)
    {
        var query = LogContent.One(lines, s_options);
        Assert.Equal((s_time, "192.0.2.1", "a\\032'|b.example", "TXT"), (query.Timestamp, query.ClientAddress, query.QueryName, query.QueryType));
        var recursor = lines.Contains("question");
        Assert.Equal(lines.Contains("TCP") ? DnsTransport.Tcp : DnsTransport.Udp, query.Transport);
        Assert.Equal((recursor ? "NXDOMAIN" : null, recursor ? 3 : 0, recursor ? 57492 : 0), (query.ResponseCode, query.AnswerCount, query.ClientPort));
    }

    [Fact]
    public void PowerDns_structured()
    {
        var content = LogContent.ReadText(
            """
            Nov 24 10:28:46 ns pdns_recursor[5]: msg="Listening for queries" subsystem="config" ts="1795516126.000" address="127.0.0.1:53" proto="UDP"
            Nov 24 10:28:47 ns pdns_recursor[5]: msg="Question" subsystem="syncres" ts="1795516127.559" ecs="" mtid="1" proto="tcp" qname="a\\255\" qtype=\"A.example" qtype="TXT" remote="192.0.2.1:57492"
            Nov 24 10:28:47 ns pdns_recursor[5]: msg="Answer" subsystem="syncres" ts="1795516127.560" answers="2" mtid="1" qname="a\\255\" qtype=\"A.example" qtype="TXT" rcode="3" remote="192.0.2.1:57492"
            Nov 24 10:28:48 ns pdns_recursor[5]: msg="Question answered from packet cache" ts="1795516128.035" proto="udp" qname="b.example" qtype="A" remote="[2001:db8::1]:46809" tag="0"
            Nov 24 10:28:48 ns pdns_recursor[5]: msg="Question" ts="1795516128.035" qname="c.example
            """,
            s_options);
        var (first, second) = (content.Queries[1], content.Queries[0]);
        Assert.Equal((s_time.AddMilliseconds(559), "192.0.2.1", 57492, DnsTransport.Tcp), (first.Timestamp, first.ClientAddress, first.ClientPort, first.Transport));
        Assert.Equal(("a\\255\"\\032qtype=\"A.example", "TXT", "NXDOMAIN", 2), (first.QueryName, first.QueryType, first.ResponseCode, first.AnswerCount));
        Assert.Equal(("2001:db8::1", 46809, "b.example", null), (second.ClientAddress, second.ClientPort, second.QueryName, second.ResponseCode));
        Assert.Equal((2, 1, 1), (content.Queries.Count, content.Statistics!.SkippedLines, content.Statistics.BadLines));
    }
}
