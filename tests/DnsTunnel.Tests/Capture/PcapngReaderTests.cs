using DnsTunnel.Capture;
using DnsTunnel.Sources;

namespace DnsTunnel.Tests.Capture;

public class PcapngReaderTests
{
    private const ulong Stamp = 1_700_000_000_123_456;
    private static readonly byte[] s_data = [1, 2, 3, 4, 5];
    private static readonly DateTime s_time = DateTime.UnixEpoch.AddMicroseconds(Stamp);

    [Fact]
    public void Reads_bytes_written_by_hand()
    {
        byte[] file =
        [
            0x0a, 0x0d, 0x0d, 0x0a, 0, 0, 0, 28, 0x1a, 0x2b, 0x3c, 0x4d, 0, 1, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 28,
            0, 0, 0, 1, 0, 0, 0, 20, 0, 101, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20,
            0, 0, 0, 6, 0, 0, 0, 36, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 60, 0xaa, 0xbb, 0xcc, 0, 0, 0, 0, 36,
        ];
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        var packet = Assert.Single(content.Packets);
        Assert.Equal(DateTime.UnixEpoch.AddMicroseconds(4_294_967_296), packet.Time);
        Assert.Equal([0xaa, 0xbb, 0xcc], packet.Data);
        Assert.Equal(LinkType.Raw, packet.LinkType);
        Assert.Equal(60, packet.OriginalLength);
    }

    [Fact]
    public void Every_section_has_its_own_byte_order_and_interfaces()
    {
        var file = new PcapngBuilder()
            .Section().Interface(1).Interface(101).Enhanced(Stamp, [1]).Enhanced(Stamp, [2], number: 1)
            .Section(bigEndian: true).Interface(276).Enhanced(Stamp, [3]).Enhanced(Stamp, [4], number: 1)
            .ToArray();
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal(1, content.Skipped);
        Assert.Equal([(LinkType.Ethernet, 1), (LinkType.Raw, 2), (LinkType.LinuxSll2, 3)], content.Packets.Select(p => (p.LinkType, (int)p.Data[0])));
        Assert.All(content.Packets, p => Assert.Equal(s_time, p.Time));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_the_three_kinds_of_packet_block(bool bigEndian)
    {
        var file = new PcapngBuilder().Section(bigEndian).Interface(12).Interface(1, snapLength: 3)
            .Simple([1, 1, 1]).Obsolete(Stamp, [2, 2], number: 1).Simple([3]).Enhanced(Stamp + 1, [4], original: 1500)
            .ToArray();
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal(["010101", "0202", "03", "04"], content.Packets.Select(p => Convert.ToHexString(p.Data)));
        Assert.Equal([DateTime.UnixEpoch, s_time, s_time, s_time.AddMicroseconds(1)], content.Packets.Select(p => p.Time));
        Assert.Equal([LinkType.RawBsd, LinkType.Ethernet, LinkType.RawBsd, LinkType.RawBsd], content.Packets.Select(p => p.LinkType));
        Assert.Equal([3, 2, 1, 1500], content.Packets.Select(p => p.OriginalLength));
    }

    [Fact]
    public void A_simple_packet_is_cut_at_the_snapshot_length()
    {
        var file = new PcapngBuilder().Section().Interface(snapLength: 3).Simple([1, 2, 3, 0], original: 100).ToArray();
        var packet = Assert.Single(CaptureContent.Read(file).Packets);
        Assert.Equal([1, 2, 3], packet.Data);
        Assert.Equal(100, packet.OriginalLength);
    }

    [Theory]
    [InlineData(6, 0L, 1_700_000_000_123_456ul, 17_000_000_001_234_560L)]
    [InlineData(9, 0L, 1_700_000_000_123_456_789ul, 17_000_000_001_234_567L)]
    [InlineData(0, 0L, 1_700_000_000ul, 17_000_000_000_000_000L)]
    [InlineData(7, 0L, 17_000_000_001_234_567ul, 17_000_000_001_234_567L)]
    [InlineData(18, 0L, ulong.MaxValue, 184_467_440L)]
    [InlineData(0x80 | 10, 0L, 1_740_800_000_512ul, 17_000_000_005_000_000L)]
    [InlineData(0x80 | 32, 0L, (1_700_000_000ul << 32) | 0x8000_0000, 17_000_000_005_000_000L)]
    [InlineData(6, 1_600_000_000L, 100_000_000_123_456ul, 17_000_000_001_234_560L)]
    [InlineData(6, -100L, 1_700_000_100_000_000ul, 17_000_000_000_000_000L)]
    // Times that no clock gives: the epoch.
    [InlineData(0xff, 0L, ulong.MaxValue, 0L)]
    [InlineData(127, 0L, ulong.MaxValue, 0L)]
    [InlineData(27, 0L, ulong.MaxValue, 0L)]
    [InlineData(0, 0L, ulong.MaxValue, 0L)]
    [InlineData(0x80, 0L, ulong.MaxValue, 0L)]
    [InlineData(6, long.MaxValue, 1_700_000_000_123_456ul, 0L)]
    [InlineData(6, long.MinValue, 1_700_000_000_123_456ul, 0L)]
    public void Times_follow_the_resolution_and_offset_of_the_interface(byte resolution, long offset, ulong stamp, long ticksAfterEpoch)
    {
        var file = new PcapngBuilder().Section(bigEndian: true).Interface(resolution: resolution, offset: offset).Enhanced(stamp, s_data).ToArray();
        var packet = Assert.Single(CaptureContent.Read(file).Packets);
        Assert.Equal(DateTime.UnixEpoch.AddTicks(ticksAfterEpoch), packet.Time);
    }

    [Fact]
    public void Unknown_blocks_are_passed_over_whatever_their_size()
    {
        var file = new PcapngBuilder().Section().Block(0x0bad, new byte[3 << 20]).Interface().Block(5, []).Enhanced(Stamp, s_data).Block(4, [0, 0, 0, 0])
            .ToArray();
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal(s_data, Assert.Single(content.Packets).Data);
    }

    [Fact]
    public void A_packet_with_options_over_the_buffer_is_read()
    {
        var file = new PcapngBuilder().Section().Interface().Enhanced(Stamp, s_data, options: new byte[5 << 20]).Enhanced(Stamp, [9]).ToArray();
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal([s_data, [9]], content.Packets.Select(p => p.Data));
    }

    [Theory]
    [InlineData("0900FFFF06000000")]
    [InlineData("09000100")]
    [InlineData("0100")]
    [InlineData("0E000400010203040900020009090000")]
    [InlineData("000000000900010009000000")]
    public void Options_that_make_no_sense_leave_the_defaults(string options)
    {
        var file = new PcapngBuilder().Section().Interface(options: Padded(Convert.FromHexString(options))).Enhanced(Stamp, s_data).ToArray();
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal(s_time, Assert.Single(content.Packets).Time);

        static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 3]];
    }

    [Fact]
    public void Packets_that_cannot_be_handed_out_are_counted()
    {
        var builder = new PcapngBuilder().Section().Enhanced(Stamp, s_data).Simple(s_data).Interface(127).Interface(1)
            .Enhanced(Stamp, s_data).Enhanced(Stamp, s_data, number: 99).Enhanced(Stamp, s_data, number: 1, captured: 9)
            .Enhanced(Stamp, s_data, number: 1, captured: uint.MaxValue).Enhanced(Stamp, new byte[262_145], number: 1).Block(6, new byte[16]).Block(3, [])
            .Enhanced(Stamp, [7], number: 1);
        var content = CaptureContent.Read(builder.ToArray());
        Assert.Null(content.Error);
        Assert.Equal(9, content.Skipped);
        Assert.Equal([7], Assert.Single(content.Packets).Data);
    }

    [Fact]
    public void A_file_of_unread_link_types_only_does_not_look_empty()
    {
        var content = CaptureContent.Read(new PcapngBuilder().Section().Interface(127).Enhanced(Stamp, s_data).Enhanced(Stamp, s_data).ToArray());
        Assert.Empty(content.Packets);
        Assert.Equal(2, content.Skipped);
        Assert.Contains("link type 127", content.Error!.Message, StringComparison.Ordinal);

        var withoutPackets = CaptureContent.Read(new PcapngBuilder().Section().Interface(127).ToArray());
        Assert.Null(withoutPackets.Error);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(8u)]
    [InlineData(33u)]
    [InlineData((1u << 24) + 4)]
    [InlineData(0xffff_fff0u)]
    [InlineData(1u << 24)]
    public void A_block_length_that_cannot_be_ends_the_file(uint length)
    {
        var builder = new PcapngBuilder().Section().Interface().Enhanced(Stamp, s_data);
        var end = builder.ToArray().Length;
        var content = CaptureContent.Read(builder.Block(6, new byte[28], length).Enhanced(Stamp, s_data).ToArray());
        Assert.Single(content.Packets);
        Assert.Equal(end, content.Error!.Offset);
    }

    [Theory]
    [InlineData(6u)]
    [InlineData(0x0badu)]
    public void The_two_lengths_of_a_block_must_agree(uint type)
    {
        var file = new PcapngBuilder().Section().Interface().Enhanced(Stamp, s_data).Block(type, new byte[28], trailer: 44).ToArray();
        var content = CaptureContent.Read(file);
        Assert.Single(content.Packets);
        Assert.Contains("40 bytes where it begins and 44 where it ends", content.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6u)]
    [InlineData(0x0badu)]
    public void A_cut_file_gives_what_lies_before_the_cut(uint type)
    {
        var whole = new PcapngBuilder().Section().Interface().Enhanced(Stamp, s_data);
        var end = whole.ToArray().Length;
        var file = whole.Block(type, new byte[28]).ToArray();
        for (var length = end + 1; length < file.Length; length++)
        {
            var content = CaptureContent.Read(file[..length]);
            Assert.Single(content.Packets);
            Assert.Equal(end, content.Error!.Offset);
        }
    }

    [Fact]
    public void A_section_must_be_understood()
    {
        Assert.Contains("byte-order mark", Error(new PcapngBuilder().Section(byteOrderMagic: 0x01020304)), StringComparison.Ordinal);
        Assert.Contains("version is 2", Error(new PcapngBuilder().Section(version: 2)), StringComparison.Ordinal);
        Assert.Contains("section header is too short", Error(new PcapngBuilder().Block(0x0a0d0d0a, [0x4d, 0x3c, 0x2b, 0x1a])), StringComparison.Ordinal);

        static string Error(PcapngBuilder builder) =>
            Assert.Throws<SourceFormatException>(() => CaptureReader.Open(new MemoryStream(builder.ToArray()))).Message;
    }

    [Fact]
    public void Interfaces_without_end_are_refused()
    {
        var builder = new PcapngBuilder().Section();
        for (var i = 0; i <= 65_536; i++) builder.Interface();
        Assert.Contains("65,536 interfaces", CaptureContent.Read(builder.ToArray()).Error!.Message, StringComparison.Ordinal);
    }
}
