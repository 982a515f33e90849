using System.Buffers.Binary;

namespace DnsTunnel.Packets;

/// <summary>Reads an IPv6 header with its extension headers (RFC 8200).</summary>
internal static class IPv6Header
{
    private const int Length = 40;

    /// <summary>More extension headers than a packet may sensibly have (RFC 8200, section 4.1 knows seven).</summary>
    private const int MaxExtensions = 16;

    /// <inheritdoc cref="IPv4Header.TryRead"/>
    public static PacketStatus TryRead(ReadOnlySpan<byte> data, int cut, out IPPacket packet)
    {
        packet = default;
        if (data.Length < Length) return PacketStatus.Cut;

        // Zero in jumbograms (RFC 2675) and before segmentation offload.
        int length = BinaryPrimitives.ReadUInt16BigEndian(data[4..]);
        if (length == 0) length = data.Length - Length + cut;
        var captured = Math.Min(length, data.Length - Length);

        var protocol = data[6];
        var payload = data.Slice(Length, captured);
        var status = SkipExtensions(ref protocol, ref payload, out var fragment);
        if (status != PacketStatus.Ok) return status;

        var offset = fragment.IsEmpty ? 0 : BinaryPrimitives.ReadUInt16BigEndian(fragment[2..]);
        packet = new IPPacket
        {
            Source = data.Slice(8, 16),
            Destination = data.Slice(24, 16),
            Protocol = protocol,
            Payload = payload,
            Missing = Math.Min(length - captured, cut),
            FragmentId = fragment.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(fragment[4..]),
            FragmentOffset = offset & 0xFFF8,
            MoreFragments = (offset & 1) != 0,
        };
        return PacketStatus.Ok;
    }

    /// <summary>Walks to the first header that is no extension, or past the header of a fragment, which is given back.</summary>
    public static PacketStatus SkipExtensions(ref byte protocol, ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> fragment)
    {
        fragment = default;
        for (var i = 0; i < MaxExtensions; i++)
        {
            if (protocol is not (IPProtocol.HopByHop or IPProtocol.Routing or IPProtocol.DestinationOptions
                or IPProtocol.Authentication or IPProtocol.Fragment)) return PacketStatus.Ok;
            if (data.Length < 8) return PacketStatus.Cut;

            var length = protocol switch
            {
                IPProtocol.Fragment => 8,
                IPProtocol.Authentication => (data[1] + 2) * 4, // RFC 4302, section 2.2
                _ => (data[1] + 1) * 8,
            };
            if (data.Length < length) return PacketStatus.Cut;

            var header = data[..length];
            var isFragment = protocol == IPProtocol.Fragment && (BinaryPrimitives.ReadUInt16BigEndian(data[2..]) & 0xFFF9) != 0;
            protocol = header[0];
            data = data[length..];

            // A fragment that is the whole datagram needs no reassembly (RFC 6946).
            if (!isFragment) continue;
            fragment = header;
            return PacketStatus.Ok;
        }

        return PacketStatus.Broken;
    }
}
