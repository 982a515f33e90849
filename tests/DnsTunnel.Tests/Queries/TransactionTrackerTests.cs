using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Queries;
using DnsTunnel.Tests.Wire;

namespace DnsTunnel.Tests.Queries;

public class TransactionTrackerTests
{
    private static readonly HostAddress s_client = HostAddress.FromIPv4([192, 0, 2, 1]);
    private static readonly HostAddress s_server = HostAddress.FromIPv4([192, 0, 2, 53]);
    private static readonly HostAddress s_multicast = HostAddress.FromIPv4([224, 0, 0, 252]);
    private static readonly DateTime s_start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<DnsQuery> _queries = [];
    private readonly CaptureStatistics _statistics = new();
    private readonly TransactionTracker _tracker;

    public TransactionTrackerTests() =>
        _tracker = new TransactionTracker(new QueryBuilder(PublicSuffixList.Default, "test", _queries.Add), _statistics);

    [Fact]
    public void A_request_and_its_response_are_one_query()
    {
        Request(0, MessageBuilder.Query("A.b.Example.COM", 16));
        Response(0.5, MessageBuilder.Response("a.b.example.com", 16).Answer(16, 2, (byte)'h', (byte)'i'));

        var query = Assert.Single(_queries);
        Assert.Equal(s_start, query.Timestamp);
        Assert.Equal(DateTimeKind.Utc, query.Timestamp.Kind);
        Assert.Equal("192.0.2.1", query.ClientAddress);
        Assert.Equal(40000, query.ClientPort);
        Assert.Equal("192.0.2.53", query.ServerAddress);
        Assert.Equal(53, query.ServerPort);
        Assert.Equal("A.b.Example.COM", query.QueryName);
        Assert.Equal("example.com", query.RegisteredDomain);
        Assert.Equal("A.b", query.Subdomain);
        Assert.Equal("TXT", query.QueryType);
        Assert.Equal("IN", query.QueryClass);
        Assert.Equal("NOERROR", query.ResponseCode);
        Assert.Equal(1, query.AnswerCount);
        Assert.Equal(["\"hi\""], query.Answers);
        Assert.Equal(33, query.QuerySize);
        Assert.Equal(48, query.ResponseSize);
        Assert.Equal(0x1234, query.Id);
        Assert.Equal("test", query.Source);
    }

    [Fact]
    public void An_unanswered_request_is_emitted_after_the_timeout_of_capture_time()
    {
        Request(0, MessageBuilder.Query("a.example", id: 1));
        Request(9, MessageBuilder.Query("b.example", id: 2));
        Assert.Empty(_queries);
        Request(11, MessageBuilder.Query("c.example", id: 3));
        Assert.Equal(["a.example"], _queries.Select(q => q.QueryName));
        Assert.Null(_queries[0].ResponseCode);
        _tracker.Complete();
        Assert.Equal(["a.example", "b.example", "c.example"], _queries.Select(q => q.QueryName));
    }

    [Fact]
    public void A_retransmission_is_the_same_query_before_and_shortly_after_the_answer()
    {
        Request(0, MessageBuilder.Query("a.example"));
        Request(5, MessageBuilder.Query("A.EXAMPLE"));
        Response(5.1, MessageBuilder.Response("a.example"));
        Request(5.2, MessageBuilder.Query("a.example"));
        Response(5.3, MessageBuilder.Response("a.example"));
        _tracker.Complete();

        Assert.Single(_queries);
        Assert.Equal(3, _statistics.Requests);
        Assert.Equal(2, _statistics.Retransmissions);
        Assert.Equal(0, _statistics.UnmatchedResponses);
    }

    [Fact]
    public void The_same_question_later_is_another_query()
    {
        Request(0, MessageBuilder.Query("a.example"));
        Response(0.1, MessageBuilder.Response("a.example"));
        Request(20, MessageBuilder.Query("a.example"));
        _tracker.Complete();
        Assert.Equal(2, _queries.Count);
    }

    [Theory]
    [InlineData("b.example", 1, 0x1234)]
    [InlineData("a.example", 28, 0x1234)]
    [InlineData("a.example", 1, 0x4321)]
    public void A_response_to_another_question_or_id_does_not_match(string name, int type, int id)
    {
        Request(0, MessageBuilder.Query("a.example"));
        Response(0.1, MessageBuilder.Response(name, (ushort)type, (ushort)id));
        Assert.Empty(_queries);
        Assert.Equal(1, _statistics.UnmatchedResponses);
    }

    [Fact]
    public void A_multicast_request_is_answered_by_the_responder()
    {
        Packet(0, MessageBuilder.Query("wpad"), s_client, 50000, s_multicast, 5355);
        Packet(0.1, MessageBuilder.Response("wpad"), s_server, 5355, s_client, 50000);
        var query = Assert.Single(_queries);
        Assert.Equal("192.0.2.53", query.ServerAddress);
        Assert.Null(query.RegisteredDomain);
        Assert.Null(query.Subdomain);
    }

    [Fact]
    public void Malformed_and_empty_messages_are_counted()
    {
        Request(0, new MessageBuilder().Set(4, 1).Bytes(0xC0, 12, 0, 1, 0, 1));
        Request(0, new MessageBuilder());
        _tracker.Complete();
        Assert.Empty(_queries);
        Assert.Equal(1, _statistics.MalformedMessages);
        Assert.Equal(1, _statistics.MalformedRequests);
        Assert.Equal(1, _statistics.MalformedByCause["BadPointer"]);
        Assert.Equal(1, _statistics.EmptyRequests);
    }

    [Fact]
    public void More_requests_than_can_wait_lose_none()
    {
        const int count = PendingRequests.MaxCount + 1000;
        for (var i = 0; i < count; i++) Request(0, MessageBuilder.Query($"n{i}.example", id: (ushort)i));
        Assert.Equal(1000, _queries.Count);
        _tracker.Complete();
        Assert.Equal(count, _queries.Select(q => q.QueryName).Distinct().Count());
    }

    private void Request(double seconds, MessageBuilder message) => Packet(seconds, message, s_client, 40000, s_server, 53);

    private void Response(double seconds, MessageBuilder message) => Packet(seconds, message, s_server, 53, s_client, 40000);

    private void Packet(double seconds, MessageBuilder message, HostAddress from, ushort fromPort, HostAddress to, ushort toPort) =>
        _tracker.OnPacket(new DnsPacket
        {
            Message = message.ToArray(),
            Ticks = s_start.AddSeconds(seconds).Ticks,
            Source = from,
            SourcePort = fromPort,
            Destination = to,
            DestinationPort = toPort,
            Transport = DnsTransport.Udp,
        });
}
