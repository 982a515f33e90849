using System.Buffers.Binary;
using DnsTunnel.Capture;
using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Queries;

namespace DnsTunnel.Fuzz.Targets;

/// <summary>Link layers, IP with fragments, UDP and TCP streams, without the framing of a capture file to hinder mutations.</summary>
internal static class PacketStreams
{
    private const int HeaderLength = 5;

    private static readonly LinkType[] s_linkTypes = Enum.GetValues<LinkType>();
    private static readonly long s_start = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>An input is packets one after another: link type (1 byte), milliseconds since the one before (2), length (2), bytes.</summary>
    public static long Read(byte[] bytes)
    {
        var queries = 0L;
        var statistics = new CaptureStatistics();
        var builder = new QueryBuilder(PublicSuffixList.Default, "fuzz", query =>
        {
            queries++;
            CleanText.Check(query);
        });
        var tracker = new TransactionTracker(builder, statistics);
        var decoder = new PacketDecoder(tracker, PacketDecoder.DefaultPorts, statistics);
        var ticks = s_start;
        for (ReadOnlySpan<byte> rest = bytes; rest.Length >= HeaderLength;)
        {
            var linkType = s_linkTypes[rest[0] % s_linkTypes.Length];
            ticks += BinaryPrimitives.ReadInt16LittleEndian(rest[1..]) * TimeSpan.TicksPerMillisecond;
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[3..]);
            rest = rest[HeaderLength..];
            // What the input does not have was cut off by the snapshot length.
            var data = rest[..Math.Min(length, rest.Length)];
            rest = rest[data.Length..];
            decoder.Decode(new CapturedPacket { Data = data, Ticks = ticks, LinkType = linkType, OriginalLength = length });
        }

        decoder.Complete();
        tracker.Complete();
        if (decoder.HeldBytes != 0 || decoder.HeldCount != 0) throw new InvalidOperationException("Something is held after the end.");
        return queries;
    }
}
