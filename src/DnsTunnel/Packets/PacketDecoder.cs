using System.Buffers.Binary;
using DnsTunnel.Capture;

namespace DnsTunnel.Packets;

/// <summary>Finds DNS messages in packets: link layer, IP with fragments, UDP, TCP streams.</summary>
internal sealed class PacketDecoder(IDnsPacketSink sink, IReadOnlyCollection<int> ports, CaptureStatistics statistics)
{
    private const int UdpHeader = 8;

    private readonly PortSet _ports = new(ports);
    private readonly TcpStreams _streams = new(sink, statistics);
    private FragmentTable? _fragments;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    /// <summary>The ports of DNS, multicast DNS (RFC 6762) and LLMNR (RFC 4795).</summary>
    public static IReadOnlyCollection<int> DefaultPorts { get; } = [53, 5353, 5355];

    /// <summary>Is told of packets that are no DNS; nobody by default.</summary>
    public IConnectionSink? Connections { get; init; }

    /// <summary>Datagrams and streams under way.</summary>
    public int HeldCount => _streams.Count + (_fragments?.Count ?? 0);

    /// <summary>Bytes held for them.</summary>
    public long HeldBytes => _streams.HeldBytes + (_fragments?.HeldBytes ?? 0);

    /// <summary>Hands every DNS message that this packet completes to the sink.</summary>
    public void Decode(in CapturedPacket packet)
    {
        Count(packet.Ticks);
        var cut = Math.Max(0, packet.OriginalLength - packet.Data.Length);
        var status = LinkLayer.TryRead(packet.Data, packet.LinkType, out var data);
        if (status == PacketStatus.Ok) status = DecodeIP(data, cut, packet.Ticks);
        if (status == PacketStatus.Cut && cut > 0) statistics.TruncatedPackets++;
        else if (status is PacketStatus.Cut or PacketStatus.Broken) statistics.UnreadablePackets++;
    }

    /// <summary>Counts what never became whole; call at the end of a source.</summary>
    public void Complete()
    {
        _fragments?.Complete();
        _streams.Complete();
    }

    private void Count(long ticks)
    {
        statistics.Packets++;
        if ((ulong)ticks > (ulong)DateTime.MaxValue.Ticks) return;
        if (ticks < _first) statistics.FirstSeen = new DateTime(_first = ticks, DateTimeKind.Utc);
        if (ticks > _last) statistics.LastSeen = new DateTime(_last = ticks, DateTimeKind.Utc);
    }

    private PacketStatus DecodeIP(ReadOnlySpan<byte> data, int cut, long ticks)
    {
        if (data.IsEmpty) return PacketStatus.Cut;
        IPPacket packet;
        PacketStatus status;
        switch (data[0] >> 4)
        {
            case 4:
                status = IPv4Header.TryRead(data, cut, out packet);
                break;
            case 6:
                status = IPv6Header.TryRead(data, cut, out packet);
                break;
            default:
                return PacketStatus.Broken;
        }

        if (status != PacketStatus.Ok) return status;
        return packet.IsFragment ? DecodeFragment(in packet, ticks) : DecodeTransport(in packet, ticks);
    }

    private PacketStatus DecodeFragment(in IPPacket fragment, long ticks)
    {
        if (!FragmentTable.IsValid(in fragment)) return PacketStatus.Broken;
        _fragments ??= new FragmentTable(_ports, statistics);
        if (!_fragments.TryComplete(in fragment, ticks, out var protocol, out var payload)) return PacketStatus.Ok;

        // IPv6 may have more extension headers in the datagram, though not a second fragment header.
        if (fragment.IsIPv6 && (IPv6Header.SkipExtensions(ref protocol, ref payload, out var second) != PacketStatus.Ok || !second.IsEmpty))
            return PacketStatus.Broken;
        return DecodeTransport(fragment with { Protocol = protocol, Payload = payload, Missing = 0 }, ticks);
    }

    private PacketStatus DecodeTransport(in IPPacket packet, long ticks)
    {
        if (packet.Protocol is not (IPProtocol.Udp or IPProtocol.Tcp)) return PacketStatus.Other;
        var data = packet.Payload;
        if (data.Length < 4) return PacketStatus.Cut;

        var sourcePort = BinaryPrimitives.ReadUInt16BigEndian(data);
        var destinationPort = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        if (!_ports.ContainsEither(sourcePort, destinationPort))
        {
            if (EncryptedDns.Is(in packet, sourcePort, destinationPort)) statistics.EncryptedDns++;
            Connections?.OnConnection(packet.SourceAddress, packet.DestinationAddress);
            return PacketStatus.Other;
        }

        return packet.Protocol == IPProtocol.Udp
            ? DecodeUdp(in packet, sourcePort, destinationPort, ticks)
            : DecodeTcp(in packet, sourcePort, destinationPort, ticks);
    }

    /// <summary>
    /// RFC 768. A message is delivered whole or not at all; bytes behind the length are no part of it. Checksums are
    /// not looked at: where the network card computes them, captures of the sender hold none.
    /// </summary>
    private PacketStatus DecodeUdp(in IPPacket packet, ushort sourcePort, ushort destinationPort, long ticks)
    {
        var data = packet.Payload;
        if (data.Length < UdpHeader) return PacketStatus.Cut;
        int length = BinaryPrimitives.ReadUInt16BigEndian(data[4..]);
        if (length < UdpHeader) return PacketStatus.Broken;
        if (length > data.Length) return packet.Missing > 0 ? PacketStatus.Cut : PacketStatus.Broken;

        sink.OnPacket(new DnsPacket
        {
            Message = data[UdpHeader..length],
            Ticks = ticks,
            Source = packet.SourceAddress,
            Destination = packet.DestinationAddress,
            SourcePort = sourcePort,
            DestinationPort = destinationPort,
            Transport = DnsTransport.Udp,
        });
        return PacketStatus.Ok;
    }

    private PacketStatus DecodeTcp(in IPPacket packet, ushort sourcePort, ushort destinationPort, long ticks)
    {
        var status = TcpSegment.TryRead(packet.Payload, packet.Missing, out var segment);
        if (status != PacketStatus.Ok || segment.IsBareAcknowledgement) return status;
        var flow = new FlowKey(packet.SourceAddress, packet.DestinationAddress, sourcePort, destinationPort);
        _streams.Add(in flow, in segment, ticks);
        return segment.Missing > 0 ? PacketStatus.Cut : PacketStatus.Ok;
    }
}
