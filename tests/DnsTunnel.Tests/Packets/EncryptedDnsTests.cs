using System.Net;
using DnsTunnel.Capture;
using DnsTunnel.Packets;

namespace DnsTunnel.Tests.Packets;

/// <summary>DNS that cannot be read is counted.</summary>
public sealed class EncryptedDnsTests
{
    [Theory]
    [InlineData(6, "192.0.2.9", 853, 1)]
    [InlineData(17, "192.0.2.9", 853, 1)]
    [InlineData(6, "1.1.1.1", 443, 1)]
    [InlineData(17, "8.8.4.4", 443, 1)]
    [InlineData(6, "192.0.2.9", 443, 0)]
    [InlineData(6, "1.1.1.1", 80, 0)]
    public void By_port_or_by_port_and_address(byte protocol, string server, ushort port, int count)
    {
        Assert.Equal(count, Count(protocol, server, port, ports: [53], fromServer: false));
        Assert.Equal(count, Count(protocol, server, port, ports: [53], fromServer: true));
    }

    [Fact]
    public void A_port_that_is_read_as_DNS_is_not_counted() => Assert.Equal(0, Count(17, "192.0.2.9", 853, ports: [853], fromServer: false));

    private static long Count(byte protocol, string server, ushort port, int[] ports, bool fromServer)
    {
        var (from, to) = fromServer ? (port, (ushort)40000) : ((ushort)40000, port);
        var packet = PacketBuilder.IPv4(protocol, protocol == 6 ? PacketBuilder.Tcp(1, [1, 2, 3], from: from, to: to) : PacketBuilder.Udp([1, 2, 3], from, to));
        IPAddress.Parse(server).GetAddressBytes().CopyTo(packet, fromServer ? 12 : 16);
        var statistics = new CaptureStatistics();
        new PacketDecoder(new RecordingSink(), ports, statistics).Decode(new CapturedPacket
        {
            Data = packet, Ticks = DateTime.UnixEpoch.Ticks, LinkType = LinkType.Raw, OriginalLength = packet.Length,
        });
        return statistics.EncryptedDns;
    }
}
