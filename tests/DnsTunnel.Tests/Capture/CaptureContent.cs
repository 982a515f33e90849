using DnsTunnel.Capture;
using DnsTunnel.Sources;

namespace DnsTunnel.Tests.Capture;

/// <summary>All that a reader gives of a file: its packets, then how it ended.</summary>
internal sealed class CaptureContent
{
    public List<(DateTime Time, byte[] Data, LinkType LinkType, int OriginalLength)> Packets { get; } = [];

    public long Skipped { get; private set; }

    /// <summary>Why reading stopped; null at a clean end.</summary>
    public SourceFormatException? Error { get; private set; }

    public static CaptureContent Read(byte[] file) => Read(() => CaptureReader.Open(new MemoryStream(file)));

    public static CaptureContent Read(string path) => Read(() => CaptureReader.Open(path));

    private static CaptureContent Read(Func<CaptureReader> open)
    {
        var content = new CaptureContent();
        try
        {
            using var reader = open();
            try
            {
                while (reader.TryRead(out var packet))
                {
                    content.Packets.Add((new DateTime(packet.Ticks, DateTimeKind.Utc), packet.Data.ToArray(), packet.LinkType, packet.OriginalLength));
                }
            }
            finally
            {
                content.Skipped = reader.SkippedPackets;
            }
        }
        catch (SourceFormatException e)
        {
            content.Error = e;
        }
        return content;
    }
}
