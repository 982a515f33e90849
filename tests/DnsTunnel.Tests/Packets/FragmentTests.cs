using DnsTunnel.Packets;
using static DnsTunnel.Tests.Packets.PacketBuilder;

namespace DnsTunnel.Tests.Packets;

public class FragmentTests
{
    private static readonly byte[] s_message = Message(3000);
    private static readonly byte[] s_datagram = Udp(s_message);

    public static TheoryData<bool> Versions { get; } = new(false, true);

    [Theory, MemberData(nameof(Versions))]
    public void Fragments_in_any_order_make_the_message_once(bool isIPv6)
    {
        var fragments = Fragments(isIPv6, 17, s_datagram, 1024);
        Assert.Equal(3, fragments.Count);
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var harness = new DecoderHarness().DecodeAll(order.Select(i => fragments[i]));
            harness.Decoder.Complete();
            Assert.Equal(s_message, Assert.Single(harness.Messages));
            Assert.Equal(0, harness.Statistics.IncompleteFragments);
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public void Duplicates_do_no_harm(bool isIPv6)
    {
        var fragments = Fragments(isIPv6, 17, s_datagram, 1024);
        var harness = new DecoderHarness().DecodeAll(fragments.SelectMany(f => (byte[][])[f, f]));
        harness.Decoder.Complete();
        Assert.Equal(s_message, Assert.Single(harness.Messages));
        Assert.Equal(0, harness.Statistics.IncompleteFragments);
    }

    [Fact]
    public void An_id_may_come_again_later()
    {
        var harness = new DecoderHarness();
        var fragments = Fragments(false, 17, s_datagram, 1024);
        foreach (var fragment in fragments) harness.Decode(fragment);
        foreach (var fragment in fragments) harness.Decode(fragment, milliseconds: 1500);
        Assert.Equal(2, harness.Messages.Count);
    }

    [Fact]
    public void Where_IPv4_fragments_overlap_the_first_copy_wins()
    {
        byte[] evil = [.. Enumerable.Repeat((byte)0xEE, 2048)];
        var harness = new DecoderHarness().DecodeAll(
            IPv4(17, s_datagram[..1024], 77, 0, more: true),
            IPv4(17, s_datagram[2048..2560], 77, 2048, more: true),
            IPv4(17, [.. evil[..512], .. s_datagram[1024..2048], .. evil[..256]], 77, 512, more: true),
            IPv4(17, s_datagram[2560..], 77, 2560, more: false));
        Assert.Equal(s_message, Assert.Single(harness.Messages));
    }

    [Fact]
    public void Where_IPv6_fragments_overlap_the_datagram_is_dropped()
    {
        var harness = new DecoderHarness().DecodeAll(
            IPv6Fragment(17, s_datagram[..1024], 77, 0, more: true),
            IPv6Fragment(17, s_datagram[512..2048], 77, 512, more: true),
            IPv6Fragment(17, s_datagram[1024..2048], 77, 1024, more: true),
            IPv6Fragment(17, s_datagram[2048..], 77, 2048, more: false));
        harness.Decoder.Complete();
        Assert.Empty(harness.Messages);
        Assert.Equal(4, harness.Statistics.IncompleteFragments);
    }

    [Theory, MemberData(nameof(Versions))]
    public void Contradicting_ends_drop_the_datagram(bool isIPv6)
    {
        var harness = new DecoderHarness().DecodeAll(
            Fragment(isIPv6, 17, s_datagram[1024..1032], 77, 1024, more: false),
            Fragment(isIPv6, 17, s_datagram[1032..2048], 77, 1032, more: true),
            Fragment(isIPv6, 17, s_datagram[..1024], 77, 0, more: true));
        Assert.Empty(harness.Messages);
        Assert.Equal(3, harness.Statistics.IncompleteFragments);
    }

    [Theory, MemberData(nameof(Versions))]
    public void What_never_becomes_whole_is_counted(bool isIPv6)
    {
        var fragments = Fragments(isIPv6, 17, s_datagram, 1024);
        var harness = new DecoderHarness().DecodeAll(fragments[1], fragments[2]);
        Assert.Equal(0, harness.Statistics.IncompleteFragments);
        harness.Decoder.Complete();
        Assert.Equal(2, harness.Statistics.IncompleteFragments);
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }

    [Fact]
    public void A_fragment_that_comes_too_late_does_not_count_for_the_datagram()
    {
        var harness = new DecoderHarness();
        var fragments = Fragments(false, 17, s_datagram, 2048);
        harness.Decode(fragments[0]);
        harness.Decode(fragments[1], milliseconds: 30_001);
        Assert.Empty(harness.Messages);
        Assert.Equal(1, harness.Statistics.IncompleteFragments);
    }

    [Fact]
    public void Other_services_take_no_memory()
    {
        var harness = new DecoderHarness().DecodeAll(Fragments(false, 17, Udp(s_message, to: 2049), 1024));
        harness.DecodeAll(Fragments(true, 58, s_datagram, 1024));
        Assert.Equal(0, harness.Decoder.HeldBytes);
        harness.Decoder.Complete();
        Assert.Equal(0, harness.Statistics.IncompleteFragments);
        Assert.Empty(harness.Messages);
    }

    [Fact]
    public void A_cut_fragment_loses_the_message()
    {
        var harness = new DecoderHarness();
        var fragments = Fragments(false, 17, s_datagram, 2048);
        harness.Decode(fragments[0], captured: 500);
        harness.Decode(fragments[1]);
        Assert.Empty(harness.Messages);
        Assert.Equal(1, harness.Statistics.TruncatedPackets);
        Assert.Equal(1, harness.Statistics.IncompleteFragments);
    }

    [Fact]
    public void Options_in_the_fragmented_part_are_passed()
    {
        byte[] part = [17, 0, 1, 4, 0, 0, 0, 0, .. s_datagram];
        var harness = new DecoderHarness().DecodeAll(Fragments(true, 60, part, 1024));
        Assert.Equal(s_message, Assert.Single(harness.Messages));
    }

    [Fact]
    public void A_fragment_header_within_a_reassembled_datagram_is_broken()
    {
        byte[] part = [17, 0, 0, 1, 0, 0, 0, 9, .. s_datagram];
        var harness = new DecoderHarness().DecodeAll(Fragments(true, 44, part, 1024));
        Assert.Empty(harness.Messages);
        Assert.Equal(1, harness.Statistics.UnreadablePackets);
    }

    [Fact]
    public void Fragmented_TCP_is_read()
    {
        var harness = new DecoderHarness().DecodeAll(Fragments(false, 6, Tcp(1, Framed(s_message)), 1024));
        Assert.Equal(s_message, Assert.Single(harness.Messages));
    }

    [Fact]
    public void Datagrams_under_way_are_bounded()
    {
        var harness = new DecoderHarness();
        var first = new byte[32768];
        first[3] = 53;
        for (var id = 0; id < 3000; id++)
        {
            harness.Decode(IPv4(17, first, (ushort)id, 0, more: true));
            Assert.True(harness.Decoder.HeldBytes <= FragmentTable.MaxBytes);
        }

        Assert.InRange(harness.Decoder.HeldCount, 1, FragmentTable.MaxDatagrams);
        harness.Decoder.Complete();
        Assert.Equal(3000, harness.Statistics.IncompleteFragments);
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }

    [Fact]
    public void Small_fragments_with_holes_are_bounded()
    {
        var harness = new DecoderHarness();
        for (var offset = 0; offset < 4096; offset += 16) harness.Decode(IPv4(17, [0, 9, 0, 53, 0, 0, 0, 0], 1, offset, more: true));
        Assert.Equal(0, harness.Decoder.HeldBytes);
        Assert.Equal(256, harness.Statistics.IncompleteFragments);
    }
}
