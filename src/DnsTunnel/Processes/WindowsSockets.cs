using System.Buffers.Binary;
using DnsTunnel.Packets;

namespace DnsTunnel.Processes;

/// <summary>Reads the tables of GetExtendedUdpTable and GetExtendedTcpTable: a count, then rows of fixed layout (iprtrmib.h, udpmib.h, tcpmib.h).</summary>
internal static class WindowsSockets
{
    /// <summary>MIB_UDPROW_OWNER_PID: address, port, process.</summary>
    public static void ReadUdp(ReadOnlySpan<byte> table, SocketTable sockets) => Read(table, new Layout(12, 0, 4, 4, 8), DnsTransport.Udp, sockets);

    /// <summary>MIB_UDP6ROW_OWNER_PID: address, scope, port, process.</summary>
    public static void ReadUdp6(ReadOnlySpan<byte> table, SocketTable sockets) => Read(table, new Layout(28, 0, 16, 20, 24), DnsTransport.Udp, sockets);

    /// <summary>MIB_TCPROW_OWNER_PID: state, local address and port, remote address and port, process.</summary>
    public static void ReadTcp(ReadOnlySpan<byte> table, SocketTable sockets) => Read(table, new Layout(24, 4, 4, 8, 20), DnsTransport.Tcp, sockets);

    /// <summary>MIB_TCP6ROW_OWNER_PID: local address, scope and port, remote address, scope and port, state, process.</summary>
    public static void ReadTcp6(ReadOnlySpan<byte> table, SocketTable sockets) => Read(table, new Layout(56, 0, 16, 20, 52), DnsTransport.Tcp, sockets);

    private static void Read(ReadOnlySpan<byte> table, Layout layout, DnsTransport transport, SocketTable sockets)
    {
        if (table.Length < sizeof(uint)) return;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(table);
        table = table[sizeof(uint)..];
        for (; count > 0 && table.Length >= layout.Size; count--, table = table[layout.Size..])
        {
            var bytes = table.Slice(layout.Address, layout.AddressLength);
            var address = layout.AddressLength == 4 ? HostAddress.FromIPv4(bytes) : HostAddress.FromIPv6(bytes);
            // The port stands in network order in the lower half of its number.
            var port = BinaryPrimitives.ReadUInt16BigEndian(table[layout.Port..]);
            var process = BinaryPrimitives.ReadUInt32LittleEndian(table[layout.Process..]);
            if (process != 0) sockets.Add(transport, port, new LocalSocket(address, process, 0));
        }
    }

    private readonly record struct Layout(int Size, int Address, int AddressLength, int Port, int Process);
}
