using DnsTunnel.Capture;
using DnsTunnel.Packets;
using static DnsTunnel.Tests.Packets.PacketBuilder;

namespace DnsTunnel.Tests.Packets;

public class DecoderFuzzTests
{
    private static readonly LinkType[] s_linkTypes = Enum.GetValues<LinkType>();

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Mutated_packets_never_throw_and_state_stays_bounded(int seed)
    {
        var random = new Random(seed);
        var frames = Seeds();
        var harness = new DecoderHarness();
        for (var i = 0; i < 20000; i++)
        {
            var frame = (byte[])frames[random.Next(frames.Count)].Clone();
            for (var n = random.Next(4); n > 0; n--) frame[random.Next(random.Next(1, frame.Length))] = (byte)random.Next(256);
            Decode(harness, frame, LinkType.Ethernet, random);
        }

        CheckBounds(harness);
    }

    [Theory, InlineData(4), InlineData(5)]
    public void Random_bytes_never_throw(int seed)
    {
        var random = new Random(seed);
        var harness = new DecoderHarness();
        for (var i = 0; i < 20000; i++)
        {
            var frame = new byte[random.Next(120)];
            random.NextBytes(frame);
            if (frame.Length > 14 && random.Next(2) == 0) (frame[12], frame[13], frame[14]) = (8, 0, 0x45);
            Decode(harness, frame, s_linkTypes[random.Next(s_linkTypes.Length)], random);
        }

        CheckBounds(harness);
    }

    [Theory, InlineData(6), InlineData(7)]
    public void Any_order_of_segments_gives_the_messages_in_order(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            byte[][] messages = [.. Enumerable.Range(1, 8).Select(i => Message(random.Next(20, 400), (ushort)i))];
            byte[] stream = [.. messages.SelectMany(Framed)];
            var start = (uint)random.NextInt64(uint.MaxValue);
            var segments = new List<byte[]>();
            for (var at = 0; at < stream.Length;)
            {
                var end = Math.Min(stream.Length, at + random.Next(1, 200));
                var from = Math.Max(0, at - random.Next(40));
                for (var copies = random.Next(1, 3); copies > 0; copies--) segments.Add(Segment(start + (uint)from, stream[from..end]));
                at = end;
            }

            var order = segments.ToArray();
            random.Shuffle(order);
            var harness = new DecoderHarness().DecodeAll(Segment(start - 1, [], "S")).DecodeAll(order);
            Assert.Equal(messages, harness.Messages);
            Assert.Equal(0, harness.Decoder.HeldBytes);
        }
    }

    [Fact]
    public void A_plain_packet_takes_no_memory()
    {
        var decoder = new PacketDecoder(new CountingSink(), PacketDecoder.DefaultPorts, new CaptureStatistics());
        byte[][] frames =
        [
            Ethernet(0x0800, IPv4(17, Udp(Query()))), Ethernet(0x86DD, IPv6(17, Udp(Query())), 0x8100),
            Ethernet(0x0800, IPv4(17, Udp(Query(), to: 443))), Ethernet(0x0806, new byte[28]),
            Ethernet(0x0800, IPv4(6, Tcp(1, new byte[900], to: 443))), Ethernet(0x0800, IPv4(6, Tcp(1, Framed(Query())))),
            Ethernet(0x0800, IPv4(6, Tcp(1, []))),
        ];
        Assert.Equal(0, Allocation.Of(() => Run(decoder, frames, 1000)));
    }

    private static void Run(PacketDecoder decoder, byte[][] frames, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            foreach (var frame in frames)
                decoder.Decode(new CapturedPacket { Data = frame, Ticks = DecoderHarness.Start + i, LinkType = LinkType.Ethernet, OriginalLength = frame.Length });
        }
    }

    private static List<byte[]> Seeds()
    {
        byte[] stream = [.. Framed(Query()), .. Framed(Message(300))];
        var packets = new List<byte[]> { IPv4(17, Udp(Query())), IPv4(17, Udp(Query()), options: 3), Segment(999, [], "S"), Segment(1000 + 330, [], "F"), Segment(1000, [], "R") };
        packets.AddRange(stream.Chunk(50).Select((chunk, i) => Segment(1000 + (uint)i * 50, chunk)));
        packets.AddRange(Fragments(false, 17, Udp(Message(200)), 64));
        List<byte[]> six = [IPv6(17, Udp(Query())), IPv6(0, [17, 0, 5, 2, 0, 0, 1, 0, .. Udp(Query())]), .. Fragments(true, 17, Udp(Message(200)), 64)];
        return
        [
            .. packets.Select(p => Ethernet(0x0800, p)), .. six.Select(p => Ethernet(0x86DD, p, 0x88A8, 0x8100)),
            Ethernet(0x8847, [0, 1, 1, 64, .. packets[0]]), Ethernet(0x8864, [0x11, 0, 0, 1, 0, 0, 0, 0x21, .. packets[0]]),
        ];
    }

    private static void Decode(DecoderHarness harness, byte[] frame, LinkType linkType, Random random) =>
        harness.Decode(frame, random.Next(100_000), linkType, random.Next(4) == 0 ? random.Next(frame.Length + 1) : null);

    private static void CheckBounds(DecoderHarness harness)
    {
        Assert.Equal(20000, harness.Statistics.Packets);
        Assert.InRange(harness.Decoder.HeldCount, 0, TcpStreams.MaxStreams + FragmentTable.MaxDatagrams);
        Assert.InRange(harness.Decoder.HeldBytes, 0, TcpStreams.MaxBytes + FragmentTable.MaxBytes);
        harness.Decoder.Complete();
        Assert.Equal(0, harness.Decoder.HeldCount);
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }

    private sealed class CountingSink : IDnsPacketSink
    {
        public long Bytes { get; private set; }

        public void OnPacket(in DnsPacket packet) => Bytes += packet.Message.Length;
    }
}
