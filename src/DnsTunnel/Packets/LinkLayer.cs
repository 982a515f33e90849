using System.Buffers.Binary;
using DnsTunnel.Capture;

namespace DnsTunnel.Packets;

/// <summary>Finds the IP packet in a frame (link-layer header types: tcpdump.org/linktypes.html).</summary>
internal static class LinkLayer
{
    /// <summary>Tags or labels on one frame. Networks use two or three; more is an attempt to hide or a loop.</summary>
    public const int MaxTags = 8;

    private const int EthernetHeader = 14;
    private const int SllHeader = 16;
    private const int Sll2Header = 20;
    private const int LoopbackHeader = 4;

    public static PacketStatus TryRead(ReadOnlySpan<byte> frame, LinkType linkType, out ReadOnlySpan<byte> ip)
    {
        ip = frame;
        switch (linkType)
        {
            case LinkType.Ethernet:
                return ReadTyped(EthernetHeader, 12, ref ip);
            case LinkType.LinuxSll:
                return ReadTyped(SllHeader, 14, ref ip);
            case LinkType.LinuxSll2:
                return ReadTyped(Sll2Header, 0, ref ip);
            case LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.IPv4 or LinkType.IPv6:
                return PacketStatus.Ok;
            case LinkType.Null or LinkType.Loop:
                return ReadLoopback(ref ip);
            default:
                return PacketStatus.Broken;
        }
    }

    private static PacketStatus ReadTyped(int headerLength, int typeOffset, ref ReadOnlySpan<byte> data)
    {
        if (data.Length < headerLength) return PacketStatus.Cut;
        var type = BinaryPrimitives.ReadUInt16BigEndian(data[typeOffset..]);
        data = data[headerLength..];
        for (var tags = 0; tags <= MaxTags; tags++)
        {
            switch (type)
            {
                case EtherType.IPv4 or EtherType.IPv6:
                    return PacketStatus.Ok;
                case EtherType.CustomerTag or EtherType.ServiceTag or EtherType.OldServiceTag:
                    if (data.Length < 4) return PacketStatus.Cut;
                    type = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
                    data = data[4..];
                    break;
                case EtherType.PppoeSession:
                    return ReadPppoe(ref data);
                case EtherType.Mpls:
                    return ReadMpls(ref data);
                default:
                    return PacketStatus.Other;
            }
        }

        return PacketStatus.Broken;
    }

    /// <summary>RFC 2516, section 4: six bytes, then the PPP protocol; session data is code 0.</summary>
    private static PacketStatus ReadPppoe(ref ReadOnlySpan<byte> data)
    {
        const ushort PppIPv4 = 0x0021;
        const ushort PppIPv6 = 0x0057;
        if (data.Length < 8) return PacketStatus.Cut;
        var protocol = BinaryPrimitives.ReadUInt16BigEndian(data[6..]);
        data = data[8..];
        return protocol is PppIPv4 or PppIPv6 ? PacketStatus.Ok : PacketStatus.Other;
    }

    /// <summary>RFC 3032, section 2.1. Nothing names what follows the last label; IP is told by its version (RFC 4928).</summary>
    private static PacketStatus ReadMpls(ref ReadOnlySpan<byte> data)
    {
        for (var labels = 0; labels < MaxTags; labels++)
        {
            if (data.Length < 4) return PacketStatus.Cut;
            var bottom = (data[2] & 1) != 0;
            data = data[4..];
            if (!bottom) continue;
            if (data.IsEmpty) return PacketStatus.Cut;
            return data[0] >> 4 is 4 or 6 ? PacketStatus.Ok : PacketStatus.Other;
        }

        return PacketStatus.Broken;
    }

    /// <summary>
    /// The address family of the system that captured: Null in its byte order, Loop in network order.
    /// Families are small, so either order is told from the other.
    /// </summary>
    private static PacketStatus ReadLoopback(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < LoopbackHeader) return PacketStatus.Cut;
        var family = BinaryPrimitives.ReadUInt32LittleEndian(data);
        if ((family & 0xFFFF) == 0) family = BinaryPrimitives.ReverseEndianness(family);
        data = data[LoopbackHeader..];

        // 2 is AF_INET everywhere; AF_INET6 is 10 on Linux, 23 on Windows, 24, 28 and 30 on the BSDs and macOS.
        return family is 2 or 10 or 23 or 24 or 28 or 30 ? PacketStatus.Ok : PacketStatus.Other;
    }
}
