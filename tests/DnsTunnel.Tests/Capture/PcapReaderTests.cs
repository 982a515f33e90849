using DnsTunnel.Capture;
using DnsTunnel.Sources;

namespace DnsTunnel.Tests.Capture;

public class PcapReaderTests
{
    private static readonly byte[] s_data = [1, 2, 3, 4, 5];

    [Fact]
    public void Reads_bytes_written_by_hand()
    {
        byte[] file =
        [
            0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 101, 0, 0, 0,
            0x00, 0xf1, 0x53, 0x65, 0x40, 0xe2, 0x01, 0x00, 3, 0, 0, 0, 60, 0, 0, 0, 0xaa, 0xbb, 0xcc,
        ];
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        var packet = Assert.Single(content.Packets);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc).AddMicroseconds(123456), packet.Time);
        Assert.Equal([0xaa, 0xbb, 0xcc], packet.Data);
        Assert.Equal(LinkType.Raw, packet.LinkType);
        Assert.Equal(60, packet.OriginalLength);
    }

    [Theory]
    [InlineData(false, PcapBuilder.Microseconds, 999_999u, 9_999_990)]
    [InlineData(true, PcapBuilder.Microseconds, 1u, 10)]
    [InlineData(false, PcapBuilder.Nanoseconds, 999_999_999u, 9_999_999)]
    [InlineData(true, PcapBuilder.Nanoseconds, 100u, 1)]
    [InlineData(false, PcapBuilder.Microseconds, 4_000_000_000u, 40_000_000_000)]
    [InlineData(false, PcapBuilder.Nanoseconds, uint.MaxValue, 42_949_672)]
    public void Reads_both_byte_orders_and_resolutions(bool bigEndian, uint magic, uint fraction, long expectedTicks)
    {
        var file = new PcapBuilder(113, magic, bigEndian).Packet(1_700_000_000, fraction, s_data).Packet(1_700_000_001, 0, []).ToArray();
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal(2, content.Packets.Count);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_700_000_000).AddTicks(expectedTicks), content.Packets[0].Time);
        Assert.Equal(s_data, content.Packets[0].Data);
        Assert.Equal(LinkType.LinuxSll, content.Packets[0].LinkType);
        Assert.Empty(content.Packets[1].Data);
    }

    [Fact]
    public void Seconds_have_no_sign()
    {
        var content = CaptureContent.Read(new PcapBuilder().Packet(uint.MaxValue, 0, s_data).ToArray());
        Assert.Equal(2106, Assert.Single(content.Packets).Time.Year);
    }

    [Fact]
    public void The_modified_format_has_longer_record_headers()
    {
        var builder = new PcapBuilder(magic: 0xa1b2cd34);
        var file = builder.Packet(1, 0, s_data, extraHeader: new byte[8]).Packet(2, 0, [9], extraHeader: new byte[8]).ToArray();
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal([s_data, [9]], content.Packets.Select(p => p.Data));
    }

    [Fact]
    public void The_upper_half_of_the_link_type_tells_of_checksums()
    {
        var content = CaptureContent.Read(new PcapBuilder(0x4400_0001).Packet(1, 0, s_data).ToArray());
        Assert.Equal(LinkType.Ethernet, Assert.Single(content.Packets).LinkType);
    }

    [Theory]
    [InlineData(0u, 5)]
    [InlineData(3u, 5)]
    [InlineData(1500u, 1500)]
    [InlineData(uint.MaxValue, int.MaxValue)]
    public void The_original_length_is_never_below_the_captured_one(uint original, int expected)
    {
        var content = CaptureContent.Read(new PcapBuilder(snapLength: 0).Packet(1, 0, s_data, original: original).ToArray());
        Assert.Equal(expected, Assert.Single(content.Packets).OriginalLength);
    }

    [Theory]
    [InlineData(262_145u)]
    [InlineData(0x7fff_ffffu)]
    [InlineData(uint.MaxValue)]
    public void A_record_over_the_largest_snapshot_length_is_corruption(uint claimed)
    {
        var content = CaptureContent.Read(new PcapBuilder().Packet(1, 0, s_data).Packet(2, 0, s_data, captured: claimed).ToArray());
        Assert.Single(content.Packets);
        Assert.Contains($"a packet claims {claimed} bytes", content.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(24 + 16 + 5, content.Error.Offset);
    }

    [Fact]
    public void Packets_of_the_largest_size_are_read_across_the_buffer()
    {
        var builder = new PcapBuilder();
        var random = new Random(1);
        var packets = Enumerable.Range(0, 9).Select(i => new byte[i % 2 == 0 ? 262_144 : 262_144 - (i * 7919)]).ToList();
        foreach (var packet in packets)
        {
            random.NextBytes(packet);
            builder.Packet(1, 0, packet);
        }
        var content = CaptureContent.Read(builder.ToArray());
        Assert.Null(content.Error);
        Assert.Equal(packets.Select(Convert.ToHexString), content.Packets.Select(p => Convert.ToHexString(p.Data)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(20)]
    public void A_cut_file_gives_what_lies_before_the_cut(int missing)
    {
        var file = new PcapBuilder().Packet(1, 0, s_data).Packet(2, 0, s_data).ToArray();
        var content = CaptureContent.Read(file[..^missing]);
        Assert.Single(content.Packets);
        Assert.Equal(24 + 16 + 5, content.Error!.Offset);
    }

    [Fact]
    public void A_reader_that_failed_fails_again()
    {
        using var reader = CaptureReader.Open(new MemoryStream(new PcapBuilder().Packet(1, 0, s_data).ToArray()[..^1]));
        Assert.Throws<SourceFormatException>(() => reader.TryRead(out _));
        Assert.Throws<SourceFormatException>(() => reader.TryRead(out _));
    }

    [Theory]
    [InlineData(127u, "link type 127 (IEEE 802.11 with radiotap)")]
    [InlineData(65535u, "link type 65535,")]
    public void An_unknown_link_type_fails_at_open(uint linkType, string expected)
    {
        var file = new PcapBuilder(linkType).Packet(1, 0, s_data).ToArray();
        var error = Assert.Throws<SourceFormatException>(() => CaptureReader.Open(new MemoryStream(file)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("1 (Ethernet)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_type_that_has_a_name_is_read()
    {
        Assert.All(Enum.GetValues<LinkType>(), t => Assert.True(LinkTypes.IsRead((int)t)));
        Assert.Equal(Enum.GetValues<LinkType>().Length, Enumerable.Range(0, 65536).Count(LinkTypes.IsRead));
    }

    [Fact]
    public void An_unknown_version_fails_at_open()
    {
        var error = Assert.Throws<SourceFormatException>(() => CaptureReader.Open(new MemoryStream(new PcapBuilder(version: 3).ToArray())));
        Assert.Contains("version is 3", error.Message, StringComparison.Ordinal);
    }
}
