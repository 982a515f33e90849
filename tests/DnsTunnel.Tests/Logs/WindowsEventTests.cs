using DnsTunnel.Tests.Wire;

namespace DnsTunnel.Tests.Logs;

/// <summary>Events of the DNS client and server of Windows, with the fields that their manifests name.</summary>
public class WindowsEventTests
{
    private const string Server =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-DNSServer' Guid='{eb79061a-a566-4698-9119-3ed2807060e7}'/><EventID>256</EventID>"
        + "<TimeCreated SystemTime='2023-11-14T22:13:20.5000000Z'/><Channel>Microsoft-Windows-DNSServer/Analytical</Channel><Computer>dc1</Computer></System><EventData><Data Name='TCP'>1</Data>"
        + "<Data Name='InterfaceIP'>192.0.2.53</Data><Data Name='Source'>192.0.2.1</Data><Data Name='RD'>1</Data><Data Name='QNAME'>A.b.example.com.</Data><Data Name='QTYPE'>16</Data>"
        + "<Data Name='XID'>4711</Data><Data Name='Port'>40000</Data><Data Name='Flags'>256</Data><Data Name='BufferSize'>33</Data><Data Name='PacketData'>0x00</Data></EventData></Event>";

    private const string Client =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-DNS-Client' Guid='{1c95126e-7eea-49a9-a3fe-a378b03ddb4d}'/><EventID>3008</EventID>"
        + "<TimeCreated SystemTime='2023-11-14T22:13:20.5000000Z'/><Computer>pc1</Computer></System><EventData><Data Name='QueryName'>a.example.com</Data><Data Name='QueryType'>28</Data>"
        + "<Data Name='QueryOptions'>140737488355328</Data><Data Name='QueryStatus'>9003</Data><Data Name='QueryResults'></Data></EventData></Event>";

    private static string Response(int id, int transaction, int code) =>
        Server.Replace("<EventID>256", $"<EventID>{id}", StringComparison.Ordinal).Replace("'Source'", "'Destination'", StringComparison.Ordinal)
            .Replace("4711", $"{transaction}", StringComparison.Ordinal).Replace("<Data Name='Port'>", $"<Data Name='RCODE'>{code}</Data><Data Name='Port'>", StringComparison.Ordinal)
            .Replace("0x00", "0x01", StringComparison.Ordinal);

    [Fact]
    public void A_query_that_the_server_got_is_read()
    {
        var query = LogContent.One(Server);
        Assert.Equal(("A.b.example.com", "TXT", 4711, DnsTransport.Tcp), (query.QueryName, query.QueryType, query.Id, query.Transport));
        Assert.Equal(("192.0.2.1", 40000, "192.0.2.53", "dc1"), (query.ClientAddress, query.ClientPort, query.ServerAddress, query.HostName));
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, 500, DateTimeKind.Utc), query.Timestamp);
    }

    [Fact]
    public void The_response_of_the_server_is_joined_to_the_query_that_has_its_client_port_id_name_and_type()
    {
        var other = Server.Replace("4711", "4712", StringComparison.Ordinal);
        var content = LogContent.ReadText(Server + other + Response(258, 4712, code: 2) + Response(257, 4711, code: 0) + Response(257, 4713, code: 0));
        Assert.Equal([(4711, "NOERROR"), (4712, "SERVFAIL")], content.Queries.Select(q => (q.Id, q.ResponseCode)));
        Assert.All(content.Queries, q => Assert.Equal(("192.0.2.1", 40000, "A.b.example.com"), (q.ClientAddress, q.ClientPort, q.QueryName)));
        Assert.Equal(1, content.Statistics!.UnmatchedAnswers);
    }

    [Fact]
    public void Responses_alone_are_queries()
    {
        var query = LogContent.One(Response(257, 4711, code: 3));
        Assert.Equal(("192.0.2.1", 40000, "192.0.2.53", "NXDOMAIN"), (query.ClientAddress, query.ClientPort, query.ServerAddress, query.ResponseCode));
    }

    [Fact]
    public void The_bytes_of_the_messages_tell_the_name_the_sizes_and_the_answers()
    {
        var request = MessageBuilder.Query("a\u00ff b.example.com", 1).ToArray();
        var response = MessageBuilder.Response("a\u00ff b.example.com", 1).Answer(1, 192, 0, 2, 7).ToArray();
        var content = LogContent.ReadText((Server + Response(257, 4711, code: 0)).Replace("<Data Name='QTYPE'>16", "<Data Name='QTYPE'>1", StringComparison.Ordinal)
            .Replace("0x00", "0x" + Convert.ToHexString(request), StringComparison.Ordinal).Replace("0x01", "0x" + Convert.ToHexString(response), StringComparison.Ordinal));
        var query = Assert.Single(content.Queries);
        Assert.Equal(("a\\255\\032b.example.com", request.Length, response.Length), (query.QueryName, query.QuerySize, query.ResponseSize));
        Assert.Equal((1, "192.0.2.7"), (query.AnswerCount, Assert.Single(query.Answers)));
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0x0")]
    [InlineData("0xzz")]
    [InlineData("zz")]
    [InlineData("")]
    [InlineData("0x000000000001000000000000")]
    [InlineData("0x000000000000000000000000")]
    public void Bytes_that_are_no_message_with_a_question_are_passed_over(string bytes)
    {
        var query = LogContent.One(Server.Replace("0x00", bytes, StringComparison.Ordinal));
        Assert.Equal(("A.b.example.com", 0), (query.QueryName, query.QuerySize));
    }

    [Fact]
    public void A_look_up_that_the_client_ended_is_read()
    {
        var query = LogContent.One(Client);
        Assert.Equal(("a.example.com", "AAAA", "NXDOMAIN", "pc1"), (query.QueryName, query.QueryType, query.ResponseCode, query.HostName));
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, 500, DateTimeKind.Utc), query.Timestamp);
    }

    [Theory]
    [InlineData(Server, "<EventID>256", "<EventID>260")]
    [InlineData(Server, "<EventID>256", "<EventID>261")]
    [InlineData(Client, "<EventID>3008", "<EventID>3006")]
    [InlineData(Server, "DNSServer'", "Other'")]
    [InlineData(Client, "<EventID>3008", "<EventID>22")]
    [InlineData(Client, "<EventID>3008", "<EventID>x")]
    public void What_tells_of_the_same_query_again_is_passed_over(string text, string what, string by)
    {
        var content = LogContent.ReadText(text.Replace(what, by, StringComparison.Ordinal) + "\n" + Server);
        Assert.Single(content.Queries);
        Assert.Equal(1, content.Statistics!.SkippedLines);
    }
}
