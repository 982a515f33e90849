using System.Buffers.Binary;
using DnsTunnel.Packets;

namespace DnsTunnel.Evidence.Payload;

/// <summary>An IP packet that a tunnel carries, behind the four bytes with which Linux's tun devices begin (flags and EtherType).</summary>
internal static class TunnelledPacket
{
    private const int DeviceHeader = 4;
    private const int UdpHeader = 8;
    private const int IcmpHeader = 8;

    /// <summary>Adds what it carries to the content, and says what it is; null when it is no packet.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, PayloadContent content)
    {
        if (bytes.Length <= DeviceHeader) return null;
        var data = bytes[DeviceHeader..];
        IPPacket packet;
        var status = (data[0] >> 4) switch
        {
            4 => IPv4Header.TryRead(data, 0, out packet),
            6 => IPv6Header.TryRead(data, 0, out packet),
            _ => NoPacket(out packet),
        };
        if (status != PacketStatus.Ok) return null;

        var (protocol, ports) = ReadTransport(packet, content);
        return ports is var (source, destination)
            ? FormattableString.Invariant($"{protocol} {packet.SourceAddress}:{source} > {packet.DestinationAddress}:{destination}")
            : $"{protocol} {packet.SourceAddress} > {packet.DestinationAddress}";
    }

    private static (string Protocol, (int Source, int Destination)? Ports) ReadTransport(in IPPacket packet, PayloadContent content)
    {
        var data = packet.Payload;
        switch (packet.Protocol)
        {
            case IPProtocol.Tcp when TcpSegment.TryRead(data, 0, out var segment) == PacketStatus.Ok:
                content.Add(segment.Payload);
                return ("TCP", PortsOf(data));
            case IPProtocol.Udp when data.Length >= UdpHeader:
                content.Add(data[UdpHeader..]);
                return ("UDP", PortsOf(data));
            // Both versions of ICMP can carry data in their echoes.
            case 1 or 58 when data.Length >= IcmpHeader:
                return ("ICMP", null);
            default:
                return (FormattableString.Invariant($"IP protocol {packet.Protocol}"), null);
        }
    }

    private static (int Source, int Destination) PortsOf(ReadOnlySpan<byte> data) =>
        (BinaryPrimitives.ReadUInt16BigEndian(data), BinaryPrimitives.ReadUInt16BigEndian(data[2..]));

    private static PacketStatus NoPacket(out IPPacket packet)
    {
        packet = default;
        return PacketStatus.Broken;
    }
}
