using System.Buffers.Binary;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Traffic;

/// <summary>Writes exchanges to a pcap file as packets in time order: Ethernet, IPv4, UDP.</summary>
internal sealed class TrafficWriter
{
    private const int RecordHeader = 16;
    private const int EthernetHeader = 14;
    private const int IPHeader = 20;
    private const int UdpHeader = 8;
    private const int Headers = EthernetHeader + IPHeader + UdpHeader;
    private const int SnapLength = 262144;
    private const int EthernetLink = 1;

    private static readonly DateTime s_start = new(2025, 3, 4, 0, 0, 0, DateTimeKind.Utc);

    private readonly MessageWriter _messages = new();
    private readonly byte[] _packet = new byte[RecordHeader + Headers + 65535];

    public void Write(string path, IReadOnlyList<Exchange> exchanges)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        WriteFileHeader(file);
        // Twice the index: even for the query, odd for its answer. Equal times keep the query first.
        var order = new List<(double Time, int Packet)>(exchanges.Count * 2);
        for (var i = 0; i < exchanges.Count; i++)
        {
            order.Add((exchanges[i].Time, i * 2));
            if (exchanges[i].Question.Reply.Rcode >= 0) order.Add((exchanges[i].Time + exchanges[i].Delay, i * 2 + 1));
        }
        order.Sort();
        foreach (var (time, packet) in order) Write(file, exchanges[packet / 2], time, packet % 2 == 1);
    }

    private static void WriteFileHeader(Stream file)
    {
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        header[4] = 2;
        header[6] = 4;
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], SnapLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], EthernetLink);
        file.Write(header);
    }

    private void Write(Stream file, in Exchange exchange, double time, bool isResponse)
    {
        var message = isResponse
            ? _messages.Response(exchange.Question, exchange.Id, exchange.EdnsSize)
            : _messages.Query(exchange.Question, exchange.Id, exchange.EdnsSize);
        message.CopyTo(_packet.AsSpan(RecordHeader + Headers));
        var size = Headers + message.Length;
        var ticks = s_start.AddSeconds(time) - DateTime.UnixEpoch;
        BinaryPrimitives.WriteUInt32LittleEndian(_packet, (uint)(ticks.Ticks / TimeSpan.TicksPerSecond));
        BinaryPrimitives.WriteUInt32LittleEndian(_packet.AsSpan(4), (uint)(ticks.Ticks % TimeSpan.TicksPerSecond / 10));
        BinaryPrimitives.WriteInt32LittleEndian(_packet.AsSpan(8), size);
        BinaryPrimitives.WriteInt32LittleEndian(_packet.AsSpan(12), size);
        var isMulticast = exchange.Server == Address.MulticastDns;
        var (from, fromPort, to, toPort) = isResponse
            ? (isMulticast ? exchange.Client + 1 : exchange.Server, exchange.ServerPort, isMulticast ? exchange.Server : exchange.Client, exchange.ClientPort)
            : (exchange.Client, exchange.ClientPort, exchange.Server, exchange.ServerPort);
        WriteHeaders(_packet.AsSpan(RecordHeader, size), from, fromPort, to, toPort);
        file.Write(_packet, 0, RecordHeader + size);
    }

    private static void WriteHeaders(Span<byte> packet, uint from, ushort fromPort, uint to, ushort toPort)
    {
        WriteMac(packet, to);
        WriteMac(packet[6..], from);
        packet[12] = 8;
        packet[13] = 0;
        var ip = packet[EthernetHeader..];
        ip[..IPHeader].Clear();
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)ip.Length);
        ip[8] = 64;
        ip[9] = 17;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], from);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], to);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..IPHeader]));
        var udp = ip[IPHeader..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], toPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        // RFC 768: zero says that the sender made no checksum.
        udp[6..UdpHeader].Clear();
    }

    private static void WriteMac(Span<byte> mac, uint address)
    {
        mac[0] = 2;
        mac[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(mac[2..], address);
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (var i = 0; i < header.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~(sum + (sum >> 16));
    }
}
