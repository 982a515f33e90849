using System.IO.Compression;
using DnsTunnel.Capture;
using DnsTunnel.Tests.Capture;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace DnsTunnel.Tests.Sources;

public class CompressedCaptureTests
{
    private const int PacketCount = 4000;
    private static readonly byte[] s_capture = Build();

    [Theory]
    [InlineData("gzip")]
    [InlineData("gzip, many members")]
    [InlineData("gzip, empty members")]
    [InlineData("gzip, zeros after")]
    [InlineData("gzip, all header fields")]
    [InlineData("zstd")]
    [InlineData("zstd, many frames")]
    [InlineData("zstd, skippable frame first")]
    public void Compressed_files_are_read_by_their_content(string kind)
    {
        byte[] file = kind switch
        {
            "gzip" => Gzip(s_capture),
            "gzip, many members" => [.. s_capture.Chunk(777).SelectMany(Gzip)],
            "gzip, empty members" => [.. Gzip([]), .. Gzip([]), .. Gzip(s_capture[..100]), .. Gzip([]), .. Gzip(s_capture[100..]), .. Gzip([])],
            "gzip, zeros after" => [.. Gzip(s_capture), .. new byte[512]],
            "gzip, all header fields" =>
                [0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, (byte)'n', 0, (byte)'c', (byte)'c', 0, 9, 9, .. Gzip(s_capture)[10..]],
            "zstd" => Zstd(s_capture),
            "zstd, many frames" => [.. s_capture.Chunk(7777).SelectMany(Zstd)],
            _ => [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2, .. Zstd(s_capture)],
        };
        var content = CaptureContent.Read(file);
        Assert.Null(content.Error);
        Assert.Equal(Expected(), content.Packets.Select(p => p.Data));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_cut_anywhere_gives_what_lies_before_and_says_so(bool zstd)
    {
        var file = zstd ? Zstd(s_capture) : Gzip(s_capture);
        var last = 0;
        for (var length = 20; length < file.Length; length += Math.Max(1, Math.Min(19_997, (file.Length - length - 40) / 2)))
        {
            var content = CaptureContent.Read(file[..length]);
            Assert.NotNull(content.Error);
            Assert.True(content.Packets.Zip(Expected()).All(pair => pair.First.Data.AsSpan().SequenceEqual(pair.Second)));
            Assert.InRange(content.Packets.Count, last, PacketCount);
            last = content.Packets.Count;
        }
        Assert.InRange(last, PacketCount - 20, PacketCount);
    }

    [Fact]
    public void A_wrong_gzip_checksum_or_length_is_told_after_the_last_packet()
    {
        var good = Gzip(s_capture);
        for (var back = 1; back <= 8; back++)
        {
            var file = good.ToArray();
            file[^back] ^= 0x10;
            var content = CaptureContent.Read(file);
            Assert.Equal(PacketCount, content.Packets.Count);
            Assert.Contains("does not end with its checksum", content.Error!.Message, StringComparison.Ordinal);
            Assert.Equal(s_capture.Length, content.Error.Offset);
        }
    }

    [Fact]
    public void A_wrong_zstd_checksum_costs_no_more_than_the_last_read()
    {
        var file = Zstd(s_capture);
        file[^1] ^= 0x10;
        var content = CaptureContent.Read(file);
        Assert.Contains("zstd data is damaged", content.Error!.Message, StringComparison.Ordinal);
        Assert.InRange(content.Packets.Count, PacketCount - 20, PacketCount);
    }

    [Fact]
    public void Damage_costs_no_more_than_the_last_read()
    {
        var half = s_capture.Length / 2;
        // A block of the reserved type 3 (RFC 1951, 3.2.3) in a second member.
        byte[] file = [.. Gzip(s_capture[..half]), .. Gzip([])[..10], 0x07, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        var content = CaptureContent.Read(file);
        Assert.Equal(half, content.Error!.Offset);
        Assert.Contains("gzip data is damaged", content.Error.Message, StringComparison.Ordinal);
        Assert.Equal(PacketCount / 2, content.Packets.Count, 10.0);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "followed by something that is not gzip")]
    [InlineData(new byte[] { 0x1f, 0x8b, 8 }, "inside a gzip header")]
    [InlineData(new byte[] { 0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0 }, "compression method is 7")]
    public void What_follows_a_gzip_member_must_be_one(byte[] after, string expected)
    {
        var content = CaptureContent.Read([.. Gzip(s_capture), .. after]);
        Assert.Equal(PacketCount, content.Packets.Count);
        Assert.Contains(expected, content.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_stores_no_packets_compressed_is_still_one()
    {
        Assert.Null(CaptureContent.Read(Gzip(new PcapBuilder().ToArray())).Error);
        Assert.Contains("is empty", CaptureContent.Read(Gzip([])).Error!.Message, StringComparison.Ordinal);
        Assert.Contains("gzip twice", CaptureContent.Read(Gzip(Gzip(s_capture))).Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Progress_counts_stored_bytes(bool compressed)
    {
        var file = compressed ? Gzip(s_capture) : s_capture;
        using var reader = CaptureReader.Open(new MemoryStream(file));
        Assert.Equal(file.Length, reader.Length);
        var last = 0L;
        while (reader.TryRead(out _))
        {
            Assert.InRange(reader.Position, last, file.Length);
            last = reader.Position;
        }
        Assert.Equal(file.Length, reader.Position);
    }

    [Fact]
    public void A_pipe_is_read_without_knowing_its_length()
    {
        // A GZipStream cannot seek, as a pipe cannot.
        using var pipe = new GZipStream(new MemoryStream(Gzip(Zstd(s_capture))), CompressionMode.Decompress);
        using var reader = CaptureReader.Open(pipe);
        Assert.Equal(0, reader.Length);
        var packets = 0;
        while (reader.TryRead(out _)) packets++;
        Assert.Equal(PacketCount, packets);
    }

    [Fact]
    public void A_small_file_may_not_ask_for_a_large_window()
    {
        byte[] padding = [0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 3, .. new byte[3 << 24]];
        var error = CaptureContent.Read(LongZstd(s_capture)).Error;
        Assert.Contains("window of more than 32 MiB", error!.Message, StringComparison.Ordinal);
        Assert.Null(CaptureContent.Read([.. padding, .. LongZstd(s_capture)]).Error);
    }

    [Fact]
    public void A_bomb_is_refused_in_bounded_memory()
    {
        var bomb = Gzip(new PcapBuilder().Packet(1, 0, new byte[64 << 20]).ToArray());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var content = CaptureContent.Read(bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Contains("a packet claims 67108864 bytes", content.Error!.Message, StringComparison.Ordinal);
    }

    private static byte[] Build()
    {
        var builder = new PcapBuilder();
        foreach (var data in Expected()) builder.Packet(1_700_000_000, 0, data);
        return builder.ToArray();
    }

    // Half of it random, so that the compressed file spans many reads.
    private static IEnumerable<byte[]> Expected()
    {
        var random = new Random(7);
        for (var i = 0; i < PacketCount; i++)
        {
            var data = new byte[60 + (i % 50)];
            random.NextBytes(data.AsSpan(0, data.Length / 2));
            yield return data;
        }
    }

    private static byte[] Gzip(byte[] data)
    {
        // With nothing written GZipStream writes nothing at all; an empty member is two bytes of DEFLATE data between header and trailer.
        if (data.Length == 0) return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest)) gzip.Write(data);
        return stored.ToArray();
    }

    /// <summary>As zstd --long=27 makes it of a pipe.</summary>
    private static byte[] LongZstd(byte[] data)
    {
        var stored = new MemoryStream();
        using (var stream = new CompressionStream(stored))
        {
            stream.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, 27);
            stream.Write(data);
        }
        return stored.ToArray();
    }

    private static byte[] Zstd(byte[] data)
    {
        using var compressor = new Compressor(1);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(data).ToArray();
    }
}
