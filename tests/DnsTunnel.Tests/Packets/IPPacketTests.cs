using static DnsTunnel.Tests.Packets.PacketBuilder;

namespace DnsTunnel.Tests.Packets;

public class IPPacketTests
{
    private static readonly byte[] s_udp = Udp(Query());

    public static TheoryData<string, byte[]> Good { get; } = new()
    {
        { "IPv4", IPv4(17, s_udp) },
        { "options", IPv4(17, s_udp, options: 10) },
        { "length 0 before offload", IPv4(17, s_udp, length: 0) },
        { "IPv4 length beyond the packet, UDP whole", IPv4(17, s_udp, length: 65535) },
        { "don't-fragment bit", SetByte(IPv4(17, s_udp), 6, 0x40) },
        { "bytes behind the UDP length", IPv4(17, [.. s_udp, 9, 9, 9]) },
        { "answer", IPv4(17, Udp(Query(), from: 53, to: 40000)) },
        { "multicast DNS", IPv4(17, Udp(Query(), from: 5353, to: 5353)) },
        { "LLMNR", IPv6(17, Udp(Query(), to: 5355)) },
        { "IPv6 length 0", IPv6(17, s_udp, length: 0) },
        { "hop-by-hop, routing, destination options", IPv6(0, [43, 0, 5, 2, 0, 0, 1, 0, 60, 1, .. new byte[14], 17, 0, 1, 4, 0, 0, 0, 0, .. s_udp]) },
        { "authentication header", IPv6(51, [17, 4, 0, 0, .. new byte[20], .. s_udp]) },
        { "atomic fragment", IPv6Fragment(17, s_udp, 5, 0, more: false) },
        { "options behind an atomic fragment", IPv6Fragment(60, [17, 0, 1, 4, 0, 0, 0, 0, .. s_udp], 5, 0, more: false) },
    };

    public static TheoryData<string, byte[]> Other { get; } = new()
    {
        { "other UDP ports", IPv4(17, Udp(Query(), to: 123)) },
        { "other UDP ports, bad length", IPv4(17, Udp(Query(), to: 123, length: 3)) },
        { "other TCP ports", IPv4(6, Tcp(1, Framed(Query()), to: 443)) },
        { "ICMP", IPv4(1, [3, 3, 0, 0, 0, 0, 0, 0, .. IPv4(17, s_udp)]) },
        { "GRE", IPv4(47, [0, 0, 8, 0, .. IPv4(17, s_udp)]) },
        { "ICMPv6", IPv6(58, [1, 4, 0, 0]) },
        { "no next header", IPv6(59, s_udp) },
    };

    public static TheoryData<string, byte[]> Broken { get; } = new()
    {
        { "IHL 0", SetByte(IPv4(17, s_udp), 0, 0x40) },
        { "IHL 4", SetByte(IPv4(17, s_udp), 0, 0x44) },
        { "IHL beyond the total length", SetByte(IPv4(17, s_udp, length: 40), 0, 0x4F) },
        { "IHL leaves one byte", [.. SetByte(IPv4(17, new byte[41]), 0, 0x4F)] },
        { "total length below the header", IPv4(17, s_udp, length: 19) },
        { "IPv4 ends in its header", IPv4(17, s_udp)[..15] },
        { "IPv6 ends in its header", IPv6(17, s_udp)[..39] },
        { "UDP length 0", IPv4(17, Udp(Query(), length: 0)) },
        { "UDP length 7", IPv4(17, Udp(Query(), length: 7)) },
        { "UDP length beyond the packet", IPv4(17, Udp(Query(), length: 65535)) },
        { "UDP length beyond the IP length", IPv4(17, s_udp, length: 20 + s_udp.Length - 1) },
        { "half a UDP header", IPv4(17, s_udp[..6]) },
        { "three bytes of UDP", IPv6(17, s_udp[..3]) },
        { "TCP header beyond the packet", IPv4(6, Tcp(1, [], dataOffset: 15)) },
        { "TCP header too short", IPv4(6, Tcp(1, [], dataOffset: 4)) },
        { "half a TCP header", IPv4(6, Tcp(1, [])[..19]) },
        { "extension beyond the packet", IPv6(0, [17, 200, .. s_udp]) },
        { "extension cut", IPv6(60, [17, 0, 1]) },
        { "extensions without end", IPv6(60, [.. Enumerable.Repeat((byte[])[60, 0, 1, 4, 0, 0, 0, 0], 40).SelectMany(b => b)]) },
        { "fragment of nothing", IPv4(17, [], offset: 8, more: false) },
        { "fragment beyond 65,535", IPv4(17, new byte[16], offset: 65528) },
        { "fragment of no multiple of eight", IPv4(17, new byte[12], more: true) },
        { "fragment header cut", IPv6(44, [17, 0, 0, 1]) },
    };

    [Theory, MemberData(nameof(Good))]
    public void A_message_is_found_in(string what, byte[] packet)
    {
        var harness = new DecoderHarness().DecodeAll(packet);
        Assert.True(harness.Messages.Count == 1, what);
        Assert.Equal(Query(), harness.Messages[0]);
        Assert.Equal(0, harness.Statistics.UnreadablePackets + harness.Statistics.TruncatedPackets);
    }

    [Theory, MemberData(nameof(Other))]
    public void What_is_not_DNS_counts_as_a_packet_only(string what, byte[] packet)
    {
        var harness = new DecoderHarness().DecodeAll(packet);
        Assert.True(harness.Messages.Count == 0, what);
        Assert.Equal(0, harness.Statistics.UnreadablePackets + harness.Statistics.TruncatedPackets);
    }

    [Theory, MemberData(nameof(Broken))]
    public void What_is_broken_counts_as_unreadable(string what, byte[] packet)
    {
        var harness = new DecoderHarness().DecodeAll(packet);
        Assert.True(harness.Messages.Count == 0, what);
        Assert.Equal(1, harness.Statistics.UnreadablePackets);
        Assert.Equal(0, harness.Statistics.TruncatedPackets);
    }

    [Fact]
    public void A_message_comes_with_who_sent_it_and_when()
    {
        var harness = new DecoderHarness();
        harness.Decode(IPv4(17, s_udp), milliseconds: 5);
        harness.Decode(IPv6(17, s_udp), milliseconds: 3);

        Assert.Equal("192.0.2.1:40000", harness.Sink.Packets[0].Source);
        Assert.Equal("198.51.100.53:53", harness.Sink.Packets[0].Destination);
        Assert.Equal("2001:db8::1:40000", harness.Sink.Packets[1].Source);
        Assert.Equal("2001:db8::53:53", harness.Sink.Packets[1].Destination);
        Assert.Equal(DnsTransport.Udp, harness.Sink.Packets[1].Transport);
        Assert.Equal(DecoderHarness.Start + 5 * TimeSpan.TicksPerMillisecond, harness.Sink.Packets[0].Ticks);
        Assert.Equal(new DateTime(2024, 5, 1, 0, 0, 0, 3, DateTimeKind.Utc), harness.Statistics.FirstSeen);
        Assert.Equal(new DateTime(2024, 5, 1, 0, 0, 0, 5, DateTimeKind.Utc), harness.Statistics.LastSeen);
        Assert.Equal(2, harness.Statistics.Packets);
    }

    [Fact]
    public void Cut_packets_on_other_ports_do_not_count()
    {
        var harness = new DecoderHarness();
        harness.Decode(IPv4(17, Udp(Query(), to: 123)), captured: 30);
        Assert.Equal(0, harness.Statistics.TruncatedPackets);
    }

    [Fact]
    public void A_cut_behind_the_message_does_no_harm()
    {
        var harness = new DecoderHarness();
        var packet = IPv4(17, s_udp);
        harness.Decode([.. packet, 0, 0, 0, 0], captured: packet.Length);
        Assert.Single(harness.Messages);
        Assert.Equal(0, harness.Statistics.TruncatedPackets);
    }

    private static byte[] SetByte(byte[] packet, int index, byte value)
    {
        packet[index] = value;
        return packet;
    }
}
