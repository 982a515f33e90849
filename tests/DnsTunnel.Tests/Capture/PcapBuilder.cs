namespace DnsTunnel.Tests.Capture;

/// <summary>Builds a pcap file in memory; every field can be made wrong.</summary>
internal sealed class PcapBuilder : CaptureFileBuilder
{
    public const uint Microseconds = 0xa1b2c3d4;
    public const uint Nanoseconds = 0xa1b23c4d;

    public PcapBuilder(uint linkType = 1, uint magic = Microseconds, bool bigEndian = false, uint snapLength = 65535, int version = 2)
    {
        BigEndian = bigEndian;
        Append([.. UInt32(magic), .. UInt16(version), .. UInt16(4), .. UInt32(0), .. UInt32(0), .. UInt32(snapLength), .. UInt32(linkType)]);
    }

    /// <summary>Adds a packet; the lengths are those of the data unless said otherwise.</summary>
    public PcapBuilder Packet(uint seconds, uint fraction, byte[] data, uint? captured = null, uint? original = null, byte[]? extraHeader = null)
    {
        Append([.. UInt32(seconds), .. UInt32(fraction), .. UInt32(captured ?? (uint)data.Length), .. UInt32(original ?? (uint)data.Length)]);
        Append([.. extraHeader ?? [], .. data]);
        return this;
    }
}
