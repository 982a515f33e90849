using System.Diagnostics;
using System.IO.Compression;
using ZstdSharp;

namespace DnsTunnel.Tests.Capture;

/// <summary>Whatever the bytes, a reader gives packets, ends, or throws SourceFormatException, and soon.</summary>
public class CaptureFuzzTests
{
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 61).Select(i => (byte)i)];

    [Theory]
    [InlineData("pcap", 3000)]
    [InlineData("pcapng", 3000)]
    [InlineData("gzip", 1500)]
    [InlineData("zstd", 1500)]
    public void Mutated_files_do_no_harm(string kind, int rounds)
    {
        var seed = Seed(kind);
        var random = new Random(20240229);
        var watch = Stopwatch.StartNew();
        var (packets, errors) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var content = CaptureContent.Read(Mutate(seed, random));
            packets += content.Packets.Count;
            errors += content.Error is null ? 0 : 1;
        }
        // A run that found nothing to read, or nothing wrong, would prove nothing.
        Assert.True(packets > rounds, $"{packets} packets in {rounds} files");
        Assert.True(errors > rounds / 10, $"{errors} errors in {rounds} files");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static byte[] Seed(string kind)
    {
        var pcap = new PcapBuilder();
        for (uint i = 0; i < 12; i++) pcap.Packet(1_700_000_000 + i, i, s_data);
        switch (kind)
        {
            case "pcap":
                return pcap.ToArray();
            case "gzip":
                using (var stored = new MemoryStream())
                {
                    using (var gzip = new GZipStream(stored, CompressionLevel.Optimal)) gzip.Write(pcap.ToArray());
                    return [.. stored.ToArray(), .. stored.ToArray()];
                }
            case "zstd":
                using (var compressor = new Compressor()) return compressor.Wrap(pcap.ToArray()).ToArray();
            default:
                var pcapng = new PcapngBuilder().Section().Interface(resolution: 9, offset: 1).Interface(101, resolution: 0x8a);
                for (uint i = 0; i < 6; i++) pcapng.Enhanced(i, s_data, number: i % 2).Simple(s_data).Block(5, s_data[..20]).Obsolete(i, s_data);
                return pcapng.Section(bigEndian: true).Interface().Enhanced(1, s_data).ToArray();
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var edits = random.Next(1, 5); edits > 0 && bytes.Count > 8; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? byte.MaxValue : byte.MinValue;
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 65), bytes.Count - at)));
                    break;
                default:
                    if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
