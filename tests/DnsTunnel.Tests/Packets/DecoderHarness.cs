using DnsTunnel.Capture;
using DnsTunnel.Packets;

namespace DnsTunnel.Tests.Packets;

/// <summary>A decoder with its sink and counters.</summary>
internal sealed class DecoderHarness
{
    public static readonly long Start = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public DecoderHarness() => Decoder = new PacketDecoder(Sink, PacketDecoder.DefaultPorts, Statistics);

    public PacketDecoder Decoder { get; }

    public RecordingSink Sink { get; } = new();

    public CaptureStatistics Statistics { get; } = new();

    public List<byte[]> Messages => [.. Sink.Messages];

    /// <summary>Decodes a frame.</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="milliseconds">Time since <see cref="Start"/>.</param>
    /// <param name="linkType">Its link layer.</param>
    /// <param name="captured">Bytes that the snapshot length left; all when null.</param>
    public void Decode(byte[] frame, long milliseconds = 0, LinkType linkType = LinkType.Raw, int? captured = null) =>
        Decoder.Decode(new CapturedPacket
        {
            Data = frame.AsSpan(0, captured ?? frame.Length),
            Ticks = Start + milliseconds * TimeSpan.TicksPerMillisecond,
            LinkType = linkType,
            OriginalLength = frame.Length,
        });

    public DecoderHarness DecodeAll(params IEnumerable<byte[]> frames)
    {
        foreach (var frame in frames) Decode(frame);
        return this;
    }
}
