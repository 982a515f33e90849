namespace DnsTunnel.Tests.Logs;

public class ZeekLogTests
{
    private const string Fields = "#separator \\x09\n#set_separator\t,\n#path\tdns\n";

    [Fact]
    public void Every_field_of_a_tsv_record_is_read()
    {
        var query = LogContent.One(Fields
            + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery\tqclass\tqclass_name\tqtype\tqtype_name\trcode\trcode_name\tanswers\n"
            + "1521911720.865716\tCq\t10.47.1.100\t41772\t2001:DB8::53\t53\ttcp\t36329\t0.000870\tise.wrccdc.org\t1\tC_INTERNET\t28\tAAAA\t0\tNOERROR\tise.wrccdc.cpp.edu,2001:db8::1,TXT 3 a\\x2cb\n");
        Assert.Equal(new DateTime(2018, 3, 24, 17, 15, 20, DateTimeKind.Utc).AddTicks(8657160), query.Timestamp);
        Assert.Equal(DateTimeKind.Utc, query.Timestamp.Kind);
        Assert.Equal(("10.47.1.100", 41772, "2001:db8::53", 53), (query.ClientAddress, query.ClientPort, query.ServerAddress, query.ServerPort));
        Assert.Equal((DnsTransport.Tcp, 36329), (query.Transport, query.Id));
        Assert.Equal(("ise.wrccdc.org", "AAAA", "IN"), (query.QueryName, query.QueryType, query.QueryClass));
        Assert.Equal(("wrccdc.org", "ise"), (query.RegisteredDomain, query.Subdomain));
        Assert.Equal("NOERROR", query.ResponseCode);
        Assert.Equal(["ise.wrccdc.cpp.edu", "2001:db8::1", "TXT 3 a,b"], query.Answers);
        Assert.Equal(3, query.AnswerCount);
    }

    [Theory]
    [InlineData("query\tts\tid.orig_h", "a.example.net\t1.5\t192.0.2.1")]
    [InlineData("ts\tid_orig_h\textra\tquery", "1970-01-01T00:00:01.5Z\t192.0.2.1\tx\ta.example.net")]
    [InlineData("ts\tid.orig_h\tquery\trcode_name\tanswers", "1.500000\t192.0.2.1\ta.example.net\t-\t-")]
    public void Columns_come_in_any_order_and_number(string fields, string record)
    {
        var query = LogContent.One($"{Fields}#fields\t{fields}\n{record}\n");
        Assert.Equal(("a.example.net", "192.0.2.1", null), (query.QueryName, query.ClientAddress, query.ResponseCode));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1.5), query.Timestamp);
        Assert.Empty(query.Answers);
    }

    [Theory]
    [InlineData("*", "255", "ANY")]
    [InlineData("query-65534", "65534", "TYPE65534")]
    [InlineData("NBSTAT", "33", "NBSTAT")]
    [InlineData("-", "16", "TXT")]
    [InlineData("-", "-", "")]
    public void Types_are_named_as_iana_names_them(string name, string number, string expected) => Assert.Equal(
        expected,
        LogContent.One($"{Fields}#fields\tts\tquery\tqtype\tqtype_name\n1.0\ta.example.net\t{number}\t{name}\n").QueryType);

    [Theory]
    [InlineData("\\xff\\x00raw.example.net", "\\255\\000raw.example.net")]
    [InlineData("with space.example.net", "with\\032space.example.net")]
    [InlineData("q\"\\x1b[31m.example.net", "q\"\\027[31m.example.net")]
    [InlineData("\u00ff\u001b.example.net", "\\255\\027.example.net")]
    [InlineData("back\\\\slash.example.net", "back\\\\slash.example.net")]
    public void Odd_bytes_of_names_stay_escaped(string written, string expected) =>
        Assert.Equal(expected, LogContent.One($"{Fields}#fields\tts\tquery\n1.0\t{written}\n").QueryName);

    [Fact]
    public void Other_logs_of_zeek_hold_no_queries()
    {
        var content = LogContent.ReadText("#separator \\x09\n#path\tconn\n#fields\tts\tuid\n1.0\tC1\n");
        Assert.Empty(content.Queries);
        Assert.Null(content.Error);
    }

    [Theory]
    [InlineData("{\"ts\":1575413122.764317,\"id.orig_h\":\"10.18.20.97\",\"id.orig_p\":59102,\"query\":\"dns.msftncsi.com\",\"qtype_name\":\"A\",\"qtype\":1,\"rcode_name\":\"NOERROR\",\"trans_id\":7,\"answers\":[\"131.107.255.255\",\"x.net\"]}")]
    [InlineData("{\"ts\":\"2019-12-03T22:45:22.764317Z\",\"id_orig_h\":\"10.18.20.97\",\"id_orig_p\":59102,\"query\":\"dns.msftncsi.com\",\"qtype\":1,\"rcode_name\":\"NOERROR\",\"trans_id\":7,\"answers\":[\"131.107.255.255\",\"x.net\"]}")]
    [InlineData("{\"ts\":1575413122.764317,\"id\":{\"orig_h\":\"10.18.20.97\",\"orig_p\":59102},\"query\":\"dns.msftncsi.com.\",\"qtype_name\":\"A\",\"rcode_name\":\"noerror\",\"trans_id\":7,\"answers\":[\"131.107.255.255\",\"x.net\"]}")]
    public void Json_records_read_alike_however_they_are_written(string line)
    {
        var query = LogContent.One(line);
        Assert.Equal(new DateTime(2019, 12, 3, 22, 45, 22, DateTimeKind.Utc).AddTicks(7643170), query.Timestamp);
        Assert.Equal(("10.18.20.97", 59102, 7), (query.ClientAddress, query.ClientPort, query.Id));
        Assert.Equal(("dns.msftncsi.com", "A", "NOERROR"), (query.QueryName, query.QueryType, query.ResponseCode));
        Assert.Equal(["131.107.255.255", "x.net"], query.Answers);
    }

    [Fact]
    public void Json_escapes_are_undone_before_those_of_zeek() => Assert.Equal(
        "\\255\"\\009.example.net",
        LogContent.One("{\"ts\":1,\"id.orig_h\":\"192.0.2.1\",\"query\":\"\\\\xff\\u0022\\t.example.net\"}").QueryName);
}
