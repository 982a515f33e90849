using DnsTunnel.Dnstap;
using static DnsTunnel.Tests.Dnstap.FrameStreamBuilder;

namespace DnsTunnel.Tests.Dnstap;

public class MalformedDnstapTests
{
    public static TheoryData<string, string> Files()
    {
        var rows = new TheoryData<string, string>();
        var table = SharedData.Root is null ? [] : System.IO.File.ReadLines(Path.Combine(SharedData.Root, "malformed/EXPECTED.tsv")).Skip(1);
        foreach (var row in table.Select(l => l.Split('\t')).Where(r => r[0].EndsWith(".fstrm", StringComparison.Ordinal))) rows.Add(row[0], row[2]);
        return rows;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Ends_as_expected(string file, string expected)
    {
        var content = DnstapContent.Read(SharedData.Path("malformed/" + file));
        Assert.Empty(content.Queries);
        Assert.Equal(expected is "error" or "partial", content.Error is not null);
        if (expected == "error") Assert.Equal(0, content.Error!.Offset);
        if (expected == "skip") Assert.Equal(1, content.Statistics.UnreadablePackets);
    }

    public static TheoryData<string, byte[]> BadFrames => new()
    {
        { "empty", [] },
        { "no message", Varint(15, 1) },
        { "field 0", [0, 1] },
        { "a group", [14 << 3 | 3] },
        { "longer than the frame", [14 << 3 | 2, 200, 1] },
        { "a length of 2^64 - 1", [14 << 3 | 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1] },
        { "an endless varint", [14 << 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1] },
        { "a cut fixed number", Bytes(14, [9 << 3 | 5, 1, 2]) },
        { "no type", Bytes(14, Bytes(10, Message(1, "a"))) },
        { "a type that is none", Bytes(14, [.. Varint(1, 99), .. Bytes(10, Message(1, "a"))]) },
        { "a time after the year 9999", Bytes(14, [.. Varint(1, 5), .. Varint(8, long.MaxValue), .. Bytes(10, Message(1, "a"))]) },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    public void A_bad_frame_is_counted_and_the_next_one_read(string what, byte[] frame)
    {
        // A frame of no bytes would be a control frame.
        if (frame.Length == 0) frame = [0xff];
        var content = DnstapContent.Read(File(frame, Frame(DnstapType.ClientQuery, Message(1, "a.example.org"), null)));
        Assert.True(content.Error is null, what);
        Assert.Single(content.Queries);
        Assert.Equal(1, content.Statistics.UnreadablePackets);
    }

    [Fact]
    public void A_message_that_is_no_dns_is_counted_by_its_cause()
    {
        var content = DnstapContent.Read(File(Frame(DnstapType.ClientQuery, [1, 2, 3], null), Frame(DnstapType.ClientResponse, null, [1, 2, 3])));
        Assert.Empty(content.Queries);
        Assert.Equal(2, content.Statistics.MalformedMessages);
    }

    [Theory]
    [InlineData(2, "text/xml")]
    [InlineData(4, "text/xml")]
    public void Another_content_is_refused(int control, string type) =>
        Assert.Contains("text/xml", DnstapContent.Read(Control(control, System.Text.Encoding.ASCII.GetBytes(type))).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_data_frame_before_start_is_an_error() => Assert.NotNull(DnstapContent.Read([.. Data([1, 2, 3]), .. Start]).Error);
}
