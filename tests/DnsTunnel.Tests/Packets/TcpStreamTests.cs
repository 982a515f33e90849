using DnsTunnel.Packets;
using static DnsTunnel.Tests.Packets.PacketBuilder;

namespace DnsTunnel.Tests.Packets;

public class TcpStreamTests
{
    private const uint Start = 1000;

    private static readonly byte[] s_stream = [.. Framed(Query(1)), .. Framed(Message(600, 2)), .. Framed(Query(3, 40))];
    private static readonly byte[][] s_messages = [Query(1), Message(600, 2), Query(3, 40)];
    private static readonly int s_third = s_stream.Length - Framed(Query(3, 40)).Length;

    [Fact]
    public void Several_messages_in_a_segment_are_cut_apart()
    {
        var harness = Connected().DecodeAll(Segment(Start, s_stream));
        Assert.Equal(s_messages, harness.Messages);
        Assert.Equal(DnsTransport.Tcp, harness.Sink.Packets[0].Transport);
        Assert.Equal("192.0.2.1:40000", harness.Sink.Packets[0].Source);
        Assert.Equal("198.51.100.53:53", harness.Sink.Packets[0].Destination);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(13), InlineData(100)]
    public void Messages_are_put_together_from_segments_of(int size)
    {
        var harness = Connected().DecodeAll(Segments(s_stream, size));
        Assert.Equal(s_messages, harness.Messages);
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(100)]
    public void Segments_in_reverse_order_are_put_in_order(int size)
    {
        var segments = Segments(s_stream[..240], size);
        segments.Reverse();
        var harness = Connected().DecodeAll(segments);
        Assert.Equal(s_messages[0], Assert.Single(harness.Messages));
        Assert.Equal(0, harness.Statistics.TcpGaps);
    }

    [Fact]
    public void Retransmissions_and_overlaps_are_trimmed()
    {
        var harness = Connected().DecodeAll(
            At(0, 50), At(0, 50), At(10, 30), At(300, 400), At(350, 500), At(320, 380), At(40, 310), At(0, 500), At(450, s_stream.Length), At(0, s_stream.Length));
        Assert.Equal(s_messages, harness.Messages);
        Assert.Equal(0, harness.Statistics.TcpGaps);
    }

    [Fact]
    public void Sequence_numbers_wrap_around()
    {
        const uint Late = uint.MaxValue - 99;
        var harness = new DecoderHarness().DecodeAll(Segment(Late - 1, [], "S"));
        var segments = Segments(s_stream, 30, Late);
        for (var i = 0; i + 1 < segments.Count; i += 2) (segments[i], segments[i + 1]) = (segments[i + 1], segments[i]);
        harness.DecodeAll(segments);
        Assert.Equal(s_messages, harness.Messages);
    }

    [Fact]
    public void Data_with_SYN_is_read_once()
    {
        var harness = new DecoderHarness().DecodeAll(
            Segment(Start - 1, Framed(Query(1)), "S"), Segment(Start - 1, Framed(Query(1)), "S"), Segment(Start, Framed(Query(1))),
            Segment(Start + (uint)Framed(Query(1)).Length, Framed(Query(2))));
        Assert.Equal([Query(1), Query(2)], harness.Messages);
    }

    [Fact]
    public void Empty_messages_are_skipped()
    {
        var harness = Connected().DecodeAll(Segment(Start, [0, 0, 0, 0, .. Framed(Query())]));
        Assert.Single(harness.Messages);
    }

    [Fact]
    public void Keep_alives_and_bare_acknowledgements_do_no_harm()
    {
        var harness = Connected().DecodeAll(At(0, 20), Segment(Start + 20, []), Segment(Start + 19, [0]), At(20, s_stream.Length));
        Assert.Equal(s_messages, harness.Messages);
    }

    [Theory, InlineData("F"), InlineData("R")]
    public void Closing_frees_and_still_knows_retransmissions(string flag)
    {
        var harness = Connected().DecodeAll(
            At(0, s_stream.Length), Segment(Start + (uint)s_stream.Length, [], flag), At(0, s_stream.Length), Segment(Start + (uint)s_stream.Length, [], flag));
        Assert.Equal(s_messages, harness.Messages);
        Assert.Equal(0, harness.Decoder.HeldBytes);
        Assert.Equal(0, harness.Statistics.TcpGaps);
    }

    [Fact]
    public void FIN_waits_for_what_comes_before_it()
    {
        var harness = Connected().DecodeAll(Segment(Start + 300, s_stream[300..], "F"), At(0, 300));
        Assert.Equal(s_messages, harness.Messages);
        Assert.Equal(0, harness.Statistics.TcpGaps);
    }

    [Fact]
    public void Ports_may_be_used_again()
    {
        var harness = Connected().DecodeAll(Segment(Start, s_stream, "F"), Segment(Start + 5000, [], "S"), Segment(Start + 5001, s_stream));
        Assert.Equal(6, harness.Messages.Count);
    }

    [Fact]
    public void A_message_takes_the_time_of_the_packet_that_completed_it()
    {
        var harness = Connected();
        harness.Decode(At(300, s_stream.Length), milliseconds: 1);
        harness.Decode(At(0, 300), milliseconds: 9);
        Assert.All(harness.Sink.Packets, p => Assert.Equal(DecoderHarness.Start + 9 * TimeSpan.TicksPerMillisecond, p.Ticks));
        Assert.Equal(3, harness.Messages.Count);
    }

    [Fact]
    public void A_stream_met_in_the_middle_is_read_from_the_next_message_on()
    {
        var harness = new DecoderHarness().DecodeAll(
            Segment(Start + 100, s_stream[100..400]), Segment(Start + 400, s_stream[400..s_third]), Segment(Start + (uint)s_third, s_stream[s_third..]));
        Assert.Equal(s_messages[2], Assert.Single(harness.Messages));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void A_stream_met_in_the_middle_may_start_with_a_split_length(int first)
    {
        var harness = new DecoderHarness().DecodeAll(At(0, first), At(first, s_stream.Length));
        Assert.Equal(s_messages, harness.Messages);
    }

    [Fact]
    public void The_end_of_an_unknown_message_does_not_hide_the_next()
    {
        var harness = new DecoderHarness().DecodeAll(Segment(Start - 3, [0, 200, 7]), At(0, s_stream.Length));
        Assert.Equal(s_messages, harness.Messages);
    }

    [Fact]
    public void Something_else_on_the_port_is_left_alone()
    {
        var random = new Random(1);
        var harness = Connected();
        for (uint i = 0; i < 2000; i++)
        {
            var data = new byte[1000];
            random.NextBytes(data);
            harness.Decode(Segment(Start + i * 1000, data));
        }

        Assert.InRange(harness.Messages.Count, 0, 8);
    }

    [Fact]
    public void A_broken_message_does_not_hide_the_next()
    {
        byte[] broken = [.. Enumerable.Repeat((byte)0xFF, 30)];
        var harness = Connected().DecodeAll(Segment(Start, [.. Framed(broken), .. Framed(Query())]));
        Assert.Equal([broken, Query()], harness.Messages);
    }

    [Fact]
    public void After_a_gap_the_next_message_is_found()
    {
        var harness = Connected();
        harness.Decode(At(0, 300));
        harness.Decode(At(400, s_third), milliseconds: 10);
        harness.Decode(At(s_third, s_stream.Length), milliseconds: 20);
        Assert.Single(harness.Messages);

        harness.Decode(Segment(Start + (uint)s_stream.Length, Framed(Query(4))), milliseconds: 6000);
        Assert.Equal([s_messages[0], s_messages[2], Query(4)], harness.Messages);
        Assert.Equal(1, harness.Statistics.TcpGaps);
    }

    [Fact]
    public void What_waits_for_a_missing_segment_is_read_at_the_end()
    {
        var harness = Connected().DecodeAll(At(0, 300), At(s_third, s_stream.Length));
        harness.Decoder.Complete();
        Assert.Equal([s_messages[0], s_messages[2]], harness.Messages);
        Assert.Equal(1, harness.Statistics.TcpGaps);
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }

    [Fact]
    public void A_message_that_never_ends_counts_as_a_gap()
    {
        var harness = Connected().DecodeAll(Segment(Start, [0xFF, 0xFF, .. Query()]));
        harness.Decoder.Complete();
        Assert.Empty(harness.Messages);
        Assert.Equal(1, harness.Statistics.TcpGaps);
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }

    [Fact]
    public void A_cut_segment_is_skipped()
    {
        var harness = Connected();
        harness.Decode(At(0, s_third), captured: 300);
        harness.Decode(At(s_third, s_stream.Length));
        Assert.Equal([s_messages[0], s_messages[2]], harness.Messages);
        Assert.Equal(1, harness.Statistics.TruncatedPackets);
        Assert.Equal(1, harness.Statistics.TcpGaps);
    }

    [Fact]
    public void Segments_that_wait_are_bounded()
    {
        var harness = Connected();
        for (uint i = 1; i < 4000; i++)
        {
            harness.Decode(Segment(Start + i * 1000, new byte[900]));
            Assert.True(harness.Decoder.HeldBytes <= TcpStream.MaxPendingBytes + 2048);
        }

        Assert.Equal(1, harness.Statistics.TcpGaps);
    }

    [Fact]
    public void Streams_are_bounded()
    {
        var harness = new DecoderHarness();
        var segment = Framed(Message(60000));
        for (var i = 0; i < 20000; i++)
        {
            var size = i % 8 == 0 ? 40000 : 20;
            harness.Decode(IPv4(6, Tcp(1, segment[..size], from: (ushort)(i + 6000))));
        }

        Assert.InRange(harness.Decoder.HeldCount, 1, TcpStreams.MaxStreams);
        Assert.InRange(harness.Decoder.HeldBytes, 1, TcpStreams.MaxBytes);
        harness.Decoder.Complete();
        Assert.Equal(20000, harness.Statistics.TcpGaps);
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }

    [Fact]
    public void Idle_streams_are_forgotten()
    {
        var harness = Connected().DecodeAll(At(0, 10));
        harness.Decode(IPv4(6, Tcp(1, [], "S", from: 50000)), milliseconds: 300_001);
        Assert.Equal(1, harness.Decoder.HeldCount);
        Assert.Equal(1, harness.Statistics.TcpGaps);
    }

    private static DecoderHarness Connected() => new DecoderHarness().DecodeAll(Segment(Start - 1, [], "S"));

    private static byte[] At(int from, int to) => Segment(Start + (uint)from, s_stream[from..to]);

    private static List<byte[]> Segments(byte[] stream, int size, uint start = Start) =>
        [.. stream.Chunk(size).Select((chunk, i) => Segment(start + (uint)(i * size), chunk))];
}
