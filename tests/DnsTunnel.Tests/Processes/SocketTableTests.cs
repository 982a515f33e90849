using System.Net;
using System.Text;
using DnsTunnel.Packets;
using DnsTunnel.Processes;

namespace DnsTunnel.Tests.Processes;

/// <summary>Tables of sockets as Linux and Windows give them.</summary>
public sealed class SocketTableTests
{
    private const string Udp = """
           sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
          341: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 20480 2 0000000000000000 0
         5641: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   107        0 20481 2 0000000000000000 0
         5642: 0100007F:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 20482 2 0000000000000000 0
         5643: 0200007F:14EA 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 0 2 0000000000000000 0
        """;

    private const string Udp6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
         8: 0000000000000000FFFF00000100007F:9C40 00000000000000000000000000000000:0000 01 00000000:00000000 00:00000000 00000000  1000        0 30000 2 0000000000000000 0
         9: B80D0120000000000000000001000000:9C41 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000  4294967294        0 9876543210 2 0000000000000000 0
        10: 00000000000000000000000000000000:9C42 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000  0        0 30002 2 0000000000000000 0
        """;

    [Theory]
    [InlineData("127.0.0.53", 53, 20480, 101)]
    [InlineData("127.0.0.1", 0x14E9, 20482, 1000)]
    [InlineData("192.0.2.1", 0x14E9, 20481, 107)]
    [InlineData("127.0.0.1", 40000, 30000, 1000)]
    [InlineData("2001:db8::1", 40001, 9876543210, 4294967294)]
    [InlineData("192.0.2.1", 40002, 30002, 0)]
    [InlineData("2001:db8::2", 40002, 30002, 0)]
    public void Linux_sockets_are_found_by_address_and_else_by_port(string address, int port, long inode, uint user)
    {
        var found = Linux().Find(DnsTransport.Udp, Address(address), (ushort)port);
        Assert.Equal((inode, user), (found!.Value.Owner, found.Value.User));
    }

    [Theory]
    [InlineData("127.0.0.2", 53, false)]
    [InlineData("127.0.0.53", 54, false)]
    [InlineData("127.0.0.53", 53, true)]
    [InlineData("127.0.0.2", 0x14EA, false)]
    public void Others_are_not(string address, int port, bool isTcp) =>
        Assert.Null(Linux().Find(isTcp ? DnsTransport.Tcp : DnsTransport.Udp, Address(address), (ushort)port));

    [Fact]
    public void Malformed_lines_are_passed_over()
    {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var file = Encoding.ASCII.GetBytes(Udp + "\n" + Udp6);
            for (var n = random.Next(1, 8); n > 0; n--) file[random.Next(file.Length)] = (byte)random.Next(256);
            var table = new SocketTable();
            LinuxSockets.Read(file.AsSpan(0, random.Next(file.Length)), DnsTransport.Udp, table);
            table.Find(DnsTransport.Udp, Address("127.0.0.53"), 53);
        }
    }

    // Rows as GetExtendedUdpTable and GetExtendedTcpTable lay them out: numbers little-endian, ports in network order.
    [Fact]
    public void Windows_tables_are_read()
    {
        var table = new SocketTable();
        WindowsSockets.ReadUdp([2, 0, 0, 0, 127, 0, 0, 1, 0xC0, 0x01, 0, 0, 0x10, 0x27, 0, 0, 0, 0, 0, 0, 0x14, 0xE9, 0, 0, 0x20, 0x03, 0, 0], table);
        WindowsSockets.ReadUdp6([1, 0, 0, 0, 0x20, 1, 0xD, 0xB8, .. new byte[11], 1, 0, 0, 0, 0, 0xC0, 0x02, 0, 0, 0x30, 0x03, 0, 0], table);
        WindowsSockets.ReadTcp([1, 0, 0, 0, 5, 0, 0, 0, 192, 0, 2, 7, 0xC0, 0x03, 0, 0, 8, 8, 8, 8, 0, 53, 0, 0, 0x40, 0x03, 0, 0], table);
        WindowsSockets.ReadTcp6([1, 0, 0, 0, .. new byte[16], 0, 0, 0, 0, 0xC0, 0x04, 0, 0, .. new byte[16], 0, 0, 0, 0, 0, 53, 0, 0, 2, 0, 0, 0, 0x50, 0x03, 0, 0], table);

        Assert.Equal(10000, table.Find(DnsTransport.Udp, Address("127.0.0.1"), 0xC001)!.Value.Owner);
        Assert.Equal(0x320, table.Find(DnsTransport.Udp, Address("192.0.2.1"), 0x14E9)!.Value.Owner);
        Assert.Equal(0x330, table.Find(DnsTransport.Udp, Address("2001:db8::1"), 0xC002)!.Value.Owner);
        Assert.Equal(0x340, table.Find(DnsTransport.Tcp, Address("192.0.2.7"), 0xC003)!.Value.Owner);
        Assert.Equal(0x350, table.Find(DnsTransport.Tcp, Address("2001:db8::9"), 0xC004)!.Value.Owner);
    }

    [Fact]
    public void A_Windows_table_with_fewer_rows_than_it_says_ends_where_it_ends()
    {
        var table = new SocketTable();
        WindowsSockets.ReadUdp([0xFF, 0xFF, 0xFF, 0xFF, 127, 0, 0, 1, 0xC0, 0x01, 0, 0, 0x10, 0x27, 0, 0, 127, 0], table);
        WindowsSockets.ReadTcp6([1, 0], table);
        Assert.NotNull(table.Find(DnsTransport.Udp, Address("127.0.0.1"), 0xC001));
    }

    private static SocketTable Linux()
    {
        var table = new SocketTable();
        LinuxSockets.Read(Encoding.ASCII.GetBytes(Udp), DnsTransport.Udp, table);
        LinuxSockets.Read(Encoding.ASCII.GetBytes(Udp6), DnsTransport.Udp, table);
        return table;
    }

    private static HostAddress Address(string text)
    {
        var bytes = IPAddress.Parse(text).GetAddressBytes();
        return bytes.Length == 4 ? HostAddress.FromIPv4(bytes) : HostAddress.FromIPv6(bytes);
    }
}
