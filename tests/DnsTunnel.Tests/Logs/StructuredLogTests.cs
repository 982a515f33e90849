using DnsTunnel.Logs;

namespace DnsTunnel.Tests.Logs;

/// <summary>Logs with named or numbered fields: JSON, XML, CSV and the packets of Windows DNS Server.</summary>
public class StructuredLogTests
{
    private static readonly DateTime s_time = new(2026, 6, 5, 10, 0, 32, DateTimeKind.Utc);

    private static readonly DnsLogOptions s_options = new() { LastWritten = new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc) };

    [Fact]
    public void Ecs()
    {
        var query = LogContent.One(
            """{"@timestamp":"2026-06-05T10:00:33.000Z","event":{"start":"2026-06-05T10:00:32.000Z"},"source":{"ip":"192.0.2.1","port":4000,"bytes":40},"destination":{"ip":"192.0.2.53","port":53,"bytes":99},"network":{"transport":"tcp"},"dns":{"id":7,"question":{"name":"a.example.net","type":"TXT","class":"IN"},"response_code":"NOERROR","answers_count":2,"answers":[{"data":"x","type":"TXT"},{"data":"y"}]},"host":{"name":"h"},"process":{"pid":5,"executable":"/usr/bin/curl-7","name":"curl"},"user":{"name":"ada"}}""");
        Assert.Equal((s_time, "192.0.2.1", 4000, "192.0.2.53", 53), (query.Timestamp, query.ClientAddress, query.ClientPort, query.ServerAddress, query.ServerPort));
        Assert.Equal(("a.example.net", "TXT", "NOERROR", 7, DnsTransport.Tcp), (query.QueryName, query.QueryType, query.ResponseCode, query.Id, query.Transport));
        Assert.Equal((40, 99, "h", 5, "curl", "/usr/bin/curl-7", "ada"), (query.QuerySize, query.ResponseSize, query.HostName, query.ProcessId, query.ProcessName, query.ProcessPath, query.UserName));
        Assert.Equal(["x", "y"], query.Answers);
    }

    [Fact]
    public void The_start_of_a_look_up_is_not_counted_beside_its_result()
    {
        const string Event = """{"@timestamp":"2026-06-05T10:00:33.000Z","event":{"action":"lookup_requested"},"dns":{"question":{"name":"a.example"}}}""";
        Assert.Single(LogContent.ReadText($"{Event}\n{Event.Replace("requested", "result")}\n").Queries);
    }

    [Fact]
    public void A_wrapped_line_is_read_as_its_own_format_with_the_year_of_its_wrapper()
    {
        var query = LogContent.One(
            """{"@timestamp":"2019-04-01T14:03:44.564Z","message":"Apr  1 13:52:14 dnsmasq[1]: query[TXT] a.example from 192.0.2.1","agent":{"type":"filebeat"}}""",
            s_options);
        Assert.Equal((new DateTime(2019, 4, 1, 13, 52, 14), "a.example"), (query.Timestamp, query.QueryName));
    }

    [Theory]
    [InlineData("""{"timestamp":"2026-06-05T04:00:32.000000-0600","flow_id":1,"event_type":"dns","src_ip":"192.0.2.1","src_port":4000,"dest_ip":"192.0.2.53","dest_port":53,"proto":"UDP","dns":{"type":"query","id":7,"rrname":"a.example","rrtype":"A","tx_id":0}}""",
        """{"timestamp":"2026-06-05T10:00:33.000000+0000","flow_id":1,"event_type":"dns","src_ip":"192.0.2.53","src_port":53,"dest_ip":"192.0.2.1","dest_port":4000,"proto":"UDP","dns":{"version":2,"type":"answer","id":7,"rrname":"a.example","rrtype":"A","rcode":"NOERROR","answers":[{"rrname":"a.example","rrtype":"CNAME","rdata":"b.example"},{"rrname":"b.example","rrtype":"A","rdata":"192.0.2.9"}]}}""")]
    [InlineData("""{"timestamp":"2026-06-05T10:00:32.000000+0000","flow_id":1,"event_type":"dns","src_ip":"192.0.2.1","src_port":4000,"dest_ip":"192.0.2.53","dest_port":53,"proto":"UDP","dns":{"version":3,"type":"request","id":7,"queries":[{"rrname":"a.example","rrtype":"A"}]}}""",
        """{"timestamp":"2026-06-05T10:00:33.000000+0000","flow_id":1,"event_type":"dns","src_ip":"192.0.2.1","src_port":4000,"dest_ip":"192.0.2.53","dest_port":53,"proto":"UDP","dns":{"version":3,"type":"response","id":7,"rcode":"NOERROR","queries":[{"rrname":"a.example","rrtype":"A"}],"answers":[{"rrname":"a.example","rrtype":"CNAME","rdata":"b.example"},{"rrname":"b.example","rrtype":"A","rdata":"192.0.2.9"}]}}""")]
    public void Suricata(string question, string answer)
    {
        var query = LogContent.One($"{question}\n{answer}\n");
        Assert.Equal((s_time, "192.0.2.1", 4000, "192.0.2.53", 53), (query.Timestamp, query.ClientAddress, query.ClientPort, query.ServerAddress, query.ServerPort));
        Assert.Equal(("a.example", "A", "NOERROR", 7), (query.QueryName, query.QueryType, query.ResponseCode, query.Id));
        Assert.Equal(["b.example", "192.0.2.9"], query.Answers);
        var alone = LogContent.One(answer);
        Assert.Equal(("192.0.2.1", 4000, "NOERROR"), (alone.ClientAddress, alone.ClientPort, alone.ResponseCode));
    }

    [Fact]
    public void Route53()
    {
        var query = LogContent.One(
            """{"version":"1.1","query_timestamp":"2026-06-05T10:00:32Z","query_name":"a\\052b.example.com.","query_type":"A","query_class":"IN","rcode":"NOERROR","answers":[{"Rdata":"192.0.2.9","Type":"A","Class":"IN"}],"srcaddr":"192.0.2.1","srcport":"4000","transport":"UDP","srcids":{"instance":"i-0d15cd0d3"}}""");
        Assert.Equal((s_time, "192.0.2.1", 4000, "i-0d15cd0d3"), (query.Timestamp, query.ClientAddress, query.ClientPort, query.HostName));
        Assert.Equal(("a*b.example.com", "A", "NOERROR", "192.0.2.9"), (query.QueryName, query.QueryType, query.ResponseCode, Assert.Single(query.Answers)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("<?xml version=\"1.0\"?>\r\n<Events>\r\n", "\r\n</Events>")]
    public void Sysmon_events_as_xml(string before, string after)
    {
        const string Event = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>{0}</EventID><TimeCreated SystemTime='2026-06-05T10:00:33.1Z'/><Computer>ws1</Computer></System><EventData><Data Name='UtcTime'>2026-06-05 10:00:32.000</Data><Data Name='ProcessId'>77</Data><Data Name='QueryName'>a&amp;b.example</Data>\r\n<Data Name='QueryStatus'>9003</Data><Data Name='QueryResults'>-</Data><Data Name='Image'>C:\\x\\curl.exe</Data><Data Name='User'>ACME\\ada</Data></EventData></Event>";
        var content = LogContent.ReadText($"{before}{Event.Replace("{0}", "22")}\r\n{Event.Replace("{0}", "1")}\r\n<Event ><QueryName></Event>{after}", s_options);
        var query = Assert.Single(content.Queries);
        Assert.Equal((s_time, "a&b.example", "NXDOMAIN", "ws1"), (query.Timestamp, query.QueryName, query.ResponseCode, query.HostName));
        Assert.Equal((77, "curl.exe", @"C:\x\curl.exe", "ACME\\ada"), (query.ProcessId, query.ProcessName, query.ProcessPath, query.UserName));
        Assert.Empty(query.Answers);
        Assert.Equal(1, content.Statistics!.BadLines);
    }

    [Fact]
    public void Document_types_are_refused()
    {
        var content = LogContent.ReadText("<Event ><!DOCTYPE x [<!ENTITY a 'b'>]><Data Name='QueryName'>&a;</Data></Event><Event ><EventID>22</EventID><Data Name='QueryName'>x</Data></Event>");
        Assert.Equal("x", Assert.Single(content.Queries).QueryName);
        Assert.Equal(1, content.Statistics!.BadLines);
    }

    [Theory]
    [InlineData("6/5/2026 10:00:32 AM")]
    [InlineData("05/06/2026 10:00:32")]
    [InlineData("05.06.2026 10:00:32")]
    [InlineData("05/06/2026 10.00.32")]
    [InlineData("2026-06-05 10:00:32")]
    [InlineData("20/04/2026 1:00:00 PM 0E70 PACKET  0 UDP Rcv 192.0.2.1  5b40   Q [0001   D   NOERROR] A      (1)x(0)\r\n5/06/2026 10:00:32 AM")]
    public void Windows_dns(string date)
    {
        var content = LogContent.ReadText(
            $"{date} 0E70 PACKET  00000000033397A0 UDP Rcv 192.0.2.1      5b47   Q [0001   D   NOERROR] TXT    (3)w(w(7)example(3)com(0)\r\n"
            + $"UDP question info at 00000000033397A0\r\n{date[(date.LastIndexOf('\n') + 1)..]} 0E70 PACKET  00000000033397A1 UDP Snd 192.0.2.53     1234   Q [0001   D   NOERROR] TXT    (3)w(w(7)example(3)com(0)\r\n"
            + $"{date[(date.LastIndexOf('\n') + 1)..]} 0E70 PACKET  00000000033397A0 UDP Snd 192.0.2.1      5b47 R Q [8381   DR NXDOMAIN] TXT    (3)w(w(7)example(3)com(0)\r\n",
            s_options);
        Assert.Empty(content.Statistics!.FirstBad);
        var query = content.Queries[^1];
        Assert.Equal((s_time, "192.0.2.1", 0x5b47), (query.Timestamp, query.ClientAddress, query.Id));
        Assert.Equal(("w(w.example.com", "TXT", "NXDOMAIN"), (query.QueryName, query.QueryType, query.ResponseCode));
        Assert.Equal(date.Contains('\n') ? 2 : 1, content.Queries.Count);
    }

    [Theory]
    [InlineData("\"2026-06-05 10:00:32\",\"ada\",\"ada,Site\",\"192.0.2.1\",\"198.51.100.1\",\"Allowed\",\"16 (TXT)\",\"NOERROR\",\"a.example.\"")]
    [InlineData("\"2026-06-05 10:00:32\",\"ada\",\"ada,\"\"Site\"\"\",\"192.0.2.1\",\"198.51.100.1\",\"Blocked\",\"16 (TXT)\",\"NOERROR\",\"a.example.\",\"Chat,Malware\",\"AD Users\",\"AD Users\",\"\"")]
    public void Umbrella(string line)
    {
        var query = LogContent.One(line, s_options);
        Assert.Equal((s_time, "192.0.2.1", "ada"), (query.Timestamp, query.ClientAddress, query.UserName));
        Assert.Equal(("a.example", "TXT", "NOERROR"), (query.QueryName, query.QueryType, query.ResponseCode));
    }

    [Theory]
    [InlineData("Timestamp,ClientAddress,QueryName,QueryType,ResponseCode", "2026-06-05T10:00:32Z,192.0.2.1,a.example,TXT,NXDOMAIN")]
    [InlineData("#TYPE Selected.DnsQuery\r\n\"query type\";\"Query_Name\";\"time\";\"src_ip\";\"rcode\"", "\"16\";\"a.example\";\"1780653632\";\"192.0.2.1\";\"3\"")]
    public void Csv(string header, string line)
    {
        var query = LogContent.One($"{header}\r\n{line}\r\n", s_options);
        Assert.Equal((s_time, "192.0.2.1", "a.example"), (query.Timestamp, query.ClientAddress, query.QueryName));
        Assert.Equal(("TXT", "NXDOMAIN"), (query.QueryType, query.ResponseCode));
    }
}
