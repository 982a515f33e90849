using System.Runtime.InteropServices;
using DnsTunnel.Capture;
using DnsTunnel.Capture.Live;
using DnsTunnel.Packets;
using DnsTunnel.Tests.Packets;
using PacketDotNet;
using SharpPcap.LibPcap;

namespace DnsTunnel.Tests.Capture;

/// <summary>The filter of a live capture lets through what the decoder reads, as libpcap compiles and runs it.</summary>
public sealed class LiveFilterTests
{
    private const ushort IPv4 = 0x0800, IPv6 = 0x86DD, Tag = 0x8100, ServiceTag = 0x88A8;

    public static TheoryData<string, bool> Packets => new()
    {
        { "udp 53", true }, { "udp 5353", true }, { "tcp 853", true }, { "udp 853", true }, { "ipv6 53", true },
        { "later fragment", true }, { "ipv6 fragment", true }, { "vlan 53", true }, { "vlan later fragment", true }, { "two vlans 53", true },
        { "two vlans ipv6 53", true }, { "udp 80", false }, { "vlan 80", false }, { "two vlans 80", false }, { "first fragment 80", false },
    };

    [Theory, MemberData(nameof(Packets))]
    public void On_Ethernet(string name, bool passes)
    {
        using var program = Compile(LinkLayers.Ethernet, LinkType.Ethernet);
        Assert.Equal(passes, program.Matches(Packet(name)));
    }

    [Theory]
    [InlineData((LinkLayers)12, (int)LinkType.RawBsd)]
    [InlineData(LinkLayers.Null, (int)LinkType.Null)]
    [InlineData(LinkLayers.LinuxSll, (int)LinkType.LinuxSll)]
    public void It_compiles_for_link_types_without_tags(LinkLayers layers, int linkType) => Compile(layers, (LinkType)linkType).Dispose();

    private static BpfProgram Compile(LinkLayers layers, LinkType linkType)
    {
        if (!NativeLibrary.TryLoad("libpcap.so.0.8", out _)) Assert.Skip("libpcap is not installed (Debian package libpcap0.8)");
        return BpfProgram.Create(layers, LiveFilter.ForPorts(PacketDecoder.DefaultPorts, linkType));
    }

    private static byte[] Packet(string name)
    {
        var dns = PacketBuilder.Udp(PacketBuilder.Query());
        var web = PacketBuilder.Udp([1, 2, 3, 4], to: 80);
        var laterFragment = PacketBuilder.IPv4(17, new byte[64], offset: 1480);
        return name switch
        {
            "udp 53" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, dns)),
            "udp 5353" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, PacketBuilder.Udp([1], from: 5353, to: 5353))),
            "tcp 853" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(6, PacketBuilder.Tcp(1, [1], to: 853))),
            "udp 853" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, PacketBuilder.Udp([1], from: 853))),
            "ipv6 53" => PacketBuilder.Ethernet(IPv6, PacketBuilder.IPv6(17, dns)),
            "later fragment" => PacketBuilder.Ethernet(IPv4, laterFragment),
            "ipv6 fragment" => PacketBuilder.Ethernet(IPv6, PacketBuilder.IPv6Fragment(17, new byte[64], 1, 1232, more: false)),
            "vlan 53" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, dns), Tag),
            "vlan later fragment" => PacketBuilder.Ethernet(IPv4, laterFragment, Tag),
            "two vlans 53" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, dns), ServiceTag, Tag),
            "two vlans ipv6 53" => PacketBuilder.Ethernet(IPv6, PacketBuilder.IPv6(17, dns), ServiceTag, Tag),
            "udp 80" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, web)),
            "vlan 80" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, web), Tag),
            "two vlans 80" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, web), ServiceTag, Tag),
            "first fragment 80" => PacketBuilder.Ethernet(IPv4, PacketBuilder.IPv4(17, web, more: true)),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }
}
