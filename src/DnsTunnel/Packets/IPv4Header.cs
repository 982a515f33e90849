using System.Buffers.Binary;

namespace DnsTunnel.Packets;

/// <summary>Reads an IPv4 header (RFC 791, section 3.1).</summary>
internal static class IPv4Header
{
    private const int MinLength = 20;

    /// <param name="data">The packet, possibly with link-layer padding behind it.</param>
    /// <param name="cut">Bytes of the frame that were on the wire and not captured.</param>
    /// <param name="packet">The packet.</param>
    public static PacketStatus TryRead(ReadOnlySpan<byte> data, int cut, out IPPacket packet)
    {
        packet = default;
        if (data.Length < MinLength) return PacketStatus.Cut;
        var headerLength = (data[0] & 0x0F) * 4;
        if (headerLength < MinLength) return PacketStatus.Broken;

        // Captured before segmentation offload, the length can be zero: all that was captured belongs to the packet.
        int length = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        if (length == 0) length = data.Length + cut;
        if (length < headerLength) return PacketStatus.Broken;
        if (data.Length < headerLength) return PacketStatus.Cut;

        var end = Math.Min(length, data.Length);
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(data[6..]);
        packet = new IPPacket
        {
            Source = data.Slice(12, 4),
            Destination = data.Slice(16, 4),
            Protocol = data[9],
            Payload = data[headerLength..end],
            Missing = Math.Min(length - end, cut),
            FragmentId = BinaryPrimitives.ReadUInt16BigEndian(data[4..]),
            FragmentOffset = (fragment & 0x1FFF) * 8,
            MoreFragments = (fragment & 0x2000) != 0,
        };
        return PacketStatus.Ok;
    }
}
