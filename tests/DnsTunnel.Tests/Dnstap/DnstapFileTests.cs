using DnsTunnel.Dnstap;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Sources;
using DnsTunnel.Tests.Detection;
using static DnsTunnel.Tests.Dnstap.FrameStreamBuilder;

namespace DnsTunnel.Tests.Dnstap;

public class DnstapFileTests
{
    private const string Name = "a1b2.t.example.org";

    [Fact]
    public void A_query_and_its_response_are_one_transaction()
    {
        var content = DnstapContent.Read(File(
            Frame(DnstapType.ClientQuery, Message(7, Name), null, transport: 2),
            Frame(DnstapType.ClientResponse, null, Message(7, Name, response: true), 1001, transport: 2)));
        Assert.Null(content.Error);
        var query = Assert.Single(content.Queries);
        Assert.Equal(("192.0.2.1", 4000, "192.0.2.53", 53), (query.ClientAddress, query.ClientPort, query.ServerAddress, query.ServerPort));
        Assert.Equal((DnsTransport.Tcp, 7, Name, "TXT", "IN", "NXDOMAIN"), (query.Transport, query.Id, query.QueryName, query.QueryType, query.QueryClass, query.ResponseCode));
        Assert.Equal(("example.org", "a1b2.t", Message(7, Name).Length), (query.RegisteredDomain, query.Subdomain, query.QuerySize));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1000.1), query.Timestamp);
        Assert.Null(query.HostName);
    }

    [Theory]
    [InlineData("CQ CR", 1, 0)]
    [InlineData("CQ RQ RR CR", 1, 2)]
    [InlineData("RQ RR CQ CR", 1, 2)]
    [InlineData("FQ FR CQ CR", 1, 2)]
    [InlineData("AQ CR", 1, 0)]
    [InlineData("AQ AR RQ RR", 1, 2)]
    [InlineData("RQ RR", 1, 0)]
    [InlineData("FQ FR RQ RR", 1, 0)]
    [InlineData("SQ SR RQ RR", 1, 2)]
    [InlineData("TQ TR", 1, 0)]
    [InlineData("UQ UR", 0, 2)]
    [InlineData("CR", 1, 0)]
    [InlineData("CQ", 1, 0)]
    public void A_query_counts_once_from_whatever_viewpoints_it_is_told(string messages, int queries, int left)
    {
        var content = DnstapContent.Read(File([.. messages.Split(' ').Select(m => FrameOf(m, 7, 1000))]));
        Assert.Equal(queries, content.Queries.Count);
        Assert.Equal(left, content.Statistics.OtherViewpoints);
    }

    [Fact]
    public void A_nearer_viewpoint_is_taken_from_where_it_appears()
    {
        // Nothing but the resolver's own queries for a minute; then clients ask.
        var own = Enumerable.Range(0, 60).SelectMany(i => new[] { FrameOf("RQ", i, 1000 + i), FrameOf("RR", i, 1000 + i) });
        var asked = Enumerable.Range(100, 10).SelectMany(i => new[] { FrameOf("CQ", i, 1100 + i), FrameOf("RQ", i, 1100 + i), FrameOf("RR", i, 1100 + i), FrameOf("CR", i, 1100 + i) });
        var content = DnstapContent.Read(File([.. own, .. asked]));
        Assert.Equal(70, content.Queries.Count);
        Assert.Equal(20, content.Statistics.OtherViewpoints);
    }

    [Fact]
    public void Responses_alone_tell_their_queries()
    {
        var content = DnstapContent.Read(File(FrameOf("CR", 1, 1000), FrameOf("CR", 2, 1001)));
        Assert.Equal([(Name, "NXDOMAIN", 0), (Name, "NXDOMAIN", 0)], content.Queries.Select(q => (q.QueryName, q.ResponseCode!, q.QuerySize)));
        Assert.Equal("192.0.2.1", content.Queries[0].ClientAddress);
        Assert.Equal(2, content.Statistics.LoneResponses);
    }

    [Fact]
    public void A_response_may_bring_its_query()
    {
        var content = DnstapContent.Read(File(Frame(DnstapType.ClientResponse, Message(7, Name), Message(7, Name, response: true))));
        var query = Assert.Single(content.Queries);
        Assert.Equal((Message(7, Name).Length, "NXDOMAIN"), (query.QuerySize, query.ResponseCode));
    }

    [Fact]
    public void A_query_is_given_up_when_time_goes_on_without_messages()
    {
        var queries = new List<DnsQuery>();
        var statistics = new CaptureStatistics();
        var decoder = new DnstapDecoder(new TransactionTracker(new QueryBuilder(PublicSuffixList.Default, null, queries.Add), statistics), statistics);
        decoder.Decode(FrameOf("CQ", 1, 1000));
        decoder.Wait(TimeSpan.FromSeconds(9));
        Assert.Empty(queries);
        decoder.Wait(TimeSpan.FromSeconds(2));
        Assert.Null(Assert.Single(queries).ResponseCode);
    }

    [Fact]
    public void What_a_server_does_not_tell_is_null()
    {
        var frame = Bytes(14, [.. Varint(1, 5), .. Bytes(10, Message(7, Name))]);
        var query = Assert.Single(DnstapContent.Read(File(frame)).Queries);
        Assert.Equal((null, 0, null, 0), (query.ClientAddress, query.ClientPort, query.ServerAddress, query.ServerPort));
    }

    [Fact]
    public void Streams_that_were_joined_or_whose_writer_died_are_read()
    {
        var one = File(FrameOf("CQ", 1, 1000));
        Assert.Equal(2, DnstapContent.Read([.. one, .. File(FrameOf("CQ", 2, 1001))]).Queries.Count);
        var content = DnstapContent.Read(one[..^Stop.Length]);
        Assert.Null(content.Error);
        Assert.Single(content.Queries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void A_cut_file_is_an_error_after_what_stands_before(int cut)
    {
        var file = File(FrameOf("CQ", 1, 1000), FrameOf("CQ", 2, 1001));
        var content = DnstapContent.Read(file[..^(Stop.Length + cut)]);
        Assert.NotNull(content.Error);
        Assert.Single(content.Queries);
    }

    [Theory]
    [InlineData("own_bind9.fstrm", 295, 0)]
    [InlineData("own_unbound.fstrm", 295, 760)]
    [InlineData("go-dnscollector.fstrm", 1, 0)]
    public void Files_of_servers_have_as_many_queries_as_were_asked(string file, int queries, int left)
    {
        var content = DnstapContent.Read(SharedData.Path("formats/dnstap/" + file));
        Assert.Null(content.Error);
        Assert.Equal(queries, content.Queries.Count);
        Assert.Equal((left, 0, 0), (content.Statistics.OtherViewpoints, content.Statistics.UnmatchedResponses, content.Statistics.UnreadablePackets));
        Assert.DoesNotContain(content.Queries, q => q.ResponseCode is null);
        if (queries > 60) Assert.Equal(60, content.Queries.Count(q => q.ClientAddress == "127.0.0.14" && q.QueryName.EndsWith(".t.example.org", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_queries_come_from_a_capture_of_the_same_run()
    {
        var fromDnstap = DnstapContent.Read(SharedData.Path("formats/dnstap/own_bind9.fstrm")).Queries;
        var asked = fromDnstap.Select(Text).ToHashSet();
        // The capture began a moment after the server, and has what the script asked it to see that it was up.
        var fromCapture = CaptureRun.Queries(SharedData.Path("formats/pcap/own_bind9.pcap"));
        Assert.InRange(fromCapture.Count, 290, 295);
        Assert.All(fromCapture, query => Assert.Contains(Text(query), asked));
    }

    [Fact]
    public void It_is_known_by_its_content_wherever_files_are_read()
    {
        var path = SharedData.Path("formats/dnstap/own_unbound.fstrm");
        using var file = QueryFile.Open(path, new QueryBuilder(PublicSuffixList.Default, path, _ => { }), new QueryFileOptions());
        Assert.IsType<DnstapQueryFile>(file);
        var error = Assert.Throws<SourceFormatException>(() =>
            QueryFile.Open(path, new QueryBuilder(PublicSuffixList.Default, path, _ => { }), new QueryFileOptions { Kinds = QueryFileKinds.Capture }));
        Assert.Contains("Import-DnsLog", error.Message, StringComparison.Ordinal);
    }

    /// <summary>All but the time, which the server takes a little later.</summary>
    private static string Text(DnsQuery query) => string.Join(' ', typeof(DnsQuery).GetProperties()
        .Where(p => p.Name is not (nameof(DnsQuery.Timestamp) or nameof(DnsQuery.Source)))
        .Select(p => p.GetValue(query) is string[] answers ? string.Join(';', answers) : $"{p.GetValue(query)}"));

    private static byte[] FrameOf(string type, int id, long seconds)
    {
        var kind = Enum.GetValues<DnstapType>().Single(t => $"{t}" is [var first, ..] text && first == type[0] && text.EndsWith(type[1] == 'Q' ? "Query" : "Response", StringComparison.Ordinal));
        return type[1] == 'Q' ? Frame(kind, Message((ushort)id, Name), null, seconds) : Frame(kind, null, Message((ushort)id, Name, response: true), seconds);
    }
}
