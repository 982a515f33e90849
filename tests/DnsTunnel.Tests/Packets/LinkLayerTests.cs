using DnsTunnel.Capture;
using static DnsTunnel.Tests.Packets.PacketBuilder;

namespace DnsTunnel.Tests.Packets;

public class LinkLayerTests
{
    private static readonly byte[] s_v4 = IPv4(17, Udp(Query()));
    private static readonly byte[] s_v6 = IPv6(17, Udp(Query()));

    public static TheoryData<string, int, byte[]> Carriers { get; } = new()
    {
        { "Ethernet", 1, Ethernet(0x0800, s_v4) },
        { "Ethernet, IPv6", 1, Ethernet(0x86DD, s_v6) },
        { "802.1Q", 1, Ethernet(0x0800, s_v4, 0x8100) },
        { "QinQ", 1, Ethernet(0x0800, s_v4, 0x88A8, 0x8100) },
        { "old QinQ", 1, Ethernet(0x86DD, s_v6, 0x9100, 0x8100) },
        { "eight tags", 1, Ethernet(0x0800, s_v4, [.. Enumerable.Repeat((ushort)0x8100, 8)]) },
        { "Ethernet padding", 1, Ethernet(0x0800, [.. s_v4, 0, 0, 0, 0, 0, 0]) },
        { "PPPoE", 1, Ethernet(0x8864, [0x11, 0, 0, 1, 0, 0, 0x00, 0x21, .. s_v4]) },
        { "PPPoE in VLAN, IPv6", 1, Ethernet(0x8864, [0x11, 0, 0, 1, 0, 0, 0x00, 0x57, .. s_v6], 0x8100) },
        { "MPLS, two labels", 1, Ethernet(0x8847, [0, 1, 0, 64, 0, 2, 1, 64, .. s_v4]) },
        { "raw IPv4", 101, s_v4 },
        { "raw IPv6", 101, s_v6 },
        { "raw, BSD", 12, s_v4 },
        { "raw, OpenBSD", 14, s_v6 },
        { "IPv4", 228, s_v4 },
        { "IPv6", 229, s_v6 },
        { "cooked", 113, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x00, .. s_v4] },
        { "cooked with VLAN", 113, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x81, 0x00, 0, 5, 0x86, 0xDD, .. s_v6] },
        { "cooked v2", 276, [0x86, 0xDD, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. s_v6] },
        { "null, little-endian", 0, [2, 0, 0, 0, .. s_v4] },
        { "null, big-endian", 0, [0, 0, 0, 2, .. s_v4] },
        { "null, FreeBSD", 0, [28, 0, 0, 0, .. s_v6] },
        { "null, macOS", 0, [30, 0, 0, 0, .. s_v6] },
        { "null, NetBSD", 0, [0, 0, 0, 24, .. s_v6] },
        { "null, Linux", 0, [10, 0, 0, 0, .. s_v6] },
        { "loop", 108, [0, 0, 0, 2, .. s_v4] },
    };

    public static TheoryData<string, int, byte[]> NotIP { get; } = new()
    {
        { "ARP", 1, Ethernet(0x0806, new byte[28]) },
        { "802.3 with LLC", 1, Ethernet(38, [0x42, 0x42, 3, .. new byte[35]]) },
        { "LLDP in VLAN", 1, Ethernet(0x88CC, new byte[20], 0x8100) },
        { "PPPoE, LCP", 1, Ethernet(0x8864, [0x11, 0, 0, 1, 0, 0, 0xC0, 0x21, .. s_v4]) },
        { "MPLS, pseudo-wire", 1, Ethernet(0x8847, [0, 1, 1, 64, 0, 0, 0, 0]) },
        { "cooked ARP", 113, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x06, .. s_v4] },
        { "null, AppleTalk", 0, [16, 0, 0, 0, .. s_v4] },
    };

    public static TheoryData<string, int, byte[]> Broken { get; } = new()
    {
        { "nine tags", 1, Ethernet(0x0800, s_v4, [.. Enumerable.Repeat((ushort)0x8100, 9)]) },
        { "MPLS without end", 1, Ethernet(0x8847, new byte[80]) },
        { "raw of no version", 101, [0x00, .. s_v4] },
        { "raw, empty", 101, [] },
        { "another link layer", 105, s_v4 },
        { "half an Ethernet header", 1, [1, 2, 3, 4, 5, 6, 7] },
        { "half a tag", 1, Ethernet(0x8100, [0]) },
        { "half a cooked header", 113, new byte[15] },
        { "half a cooked header, v2", 276, [0x08, 0, .. new byte[17]] },
        { "half a family", 0, [2, 0] },
    };

    [Theory, MemberData(nameof(Carriers))]
    public void A_message_is_found_in(string carrier, int linkType, byte[] frame)
    {
        var harness = new DecoderHarness();
        harness.Decode(frame, linkType: (LinkType)linkType);

        Assert.True(harness.Messages.Count == 1, carrier);
        Assert.Equal(Query(), harness.Messages[0]);
        Assert.Equal(0, harness.Statistics.UnreadablePackets + harness.Statistics.TruncatedPackets);
    }

    [Theory, MemberData(nameof(NotIP))]
    public void What_is_not_IP_counts_as_a_packet_only(string what, int linkType, byte[] frame)
    {
        var harness = new DecoderHarness();
        harness.Decode(frame, linkType: (LinkType)linkType);

        Assert.True(harness.Messages.Count == 0, what);
        Assert.Equal(1, harness.Statistics.Packets);
        Assert.Equal(0, harness.Statistics.UnreadablePackets + harness.Statistics.TruncatedPackets);
    }

    [Theory, MemberData(nameof(Broken))]
    public void What_is_broken_counts_as_unreadable(string what, int linkType, byte[] frame)
    {
        var harness = new DecoderHarness();
        harness.Decode(frame, linkType: (LinkType)linkType);

        Assert.True(harness.Messages.Count == 0, what);
        Assert.Equal(1, harness.Statistics.UnreadablePackets);
    }

    [Theory, MemberData(nameof(Carriers))]
    public void A_frame_cut_anywhere_counts_as_truncated(string carrier, int linkType, byte[] frame)
    {
        // Padding is no part of the packet.
        var padding = carrier.EndsWith("padding", StringComparison.Ordinal) ? 6 : 0;
        for (var captured = 0; captured < frame.Length - padding; captured++)
        {
            var harness = new DecoderHarness();
            harness.Decode(frame, linkType: (LinkType)linkType, captured: captured);

            Assert.Empty(harness.Messages);
            Assert.True(harness.Statistics.TruncatedPackets == 1, $"{carrier} cut to {captured}");
            Assert.Equal(0, harness.Statistics.UnreadablePackets);
        }
    }
}
