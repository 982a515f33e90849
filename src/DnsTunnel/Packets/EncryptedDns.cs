using System.Net;
using System.Net.Sockets;

namespace DnsTunnel.Packets;

/// <summary>Tells packets of DNS that cannot be read: over TLS and QUIC by their port, over HTTPS by the address of a public resolver.</summary>
internal static class EncryptedDns
{
    /// <summary>DNS over TLS (RFC 7858) and over QUIC (RFC 9250).</summary>
    public const ushort Port = 853;

    private const ushort HttpsPort = 443;

    // As their operators publish them: Cloudflare, Google, Quad9, OpenDNS, AdGuard, NextDNS, Mullvad, ControlD.
    private static readonly HashSet<HostAddress> s_resolvers = new[]
    {
        "1.1.1.1", "1.0.0.1", "1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3",
        "2606:4700:4700::1111", "2606:4700:4700::1001", "2606:4700:4700::1112", "2606:4700:4700::1002", "2606:4700:4700::1113", "2606:4700:4700::1003",
        "8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844",
        "9.9.9.9", "9.9.9.10", "9.9.9.11", "149.112.112.112", "149.112.112.10", "149.112.112.11", "2620:fe::fe", "2620:fe::9", "2620:fe::10", "2620:fe::11",
        "208.67.222.222", "208.67.220.220", "2620:119:35::35", "2620:119:53::53",
        "94.140.14.14", "94.140.15.15", "94.140.14.140", "94.140.14.141", "2a10:50c0::ad1:ff", "2a10:50c0::ad2:ff",
        "45.90.28.0", "45.90.30.0", "2a07:a8c0::", "2a07:a8c1::",
        "194.242.2.2", "194.242.2.3", "194.242.2.4", "2a07:e340::2",
        "76.76.2.0", "76.76.10.0", "2606:1a40::", "2606:1a40:1::",
    }.Select(Parse).ToHashSet();

    /// <summary>Whether a packet of TCP or UDP is of a conversation of this kind.</summary>
    public static bool Is(in IPPacket packet, ushort sourcePort, ushort destinationPort)
    {
        if (sourcePort == Port || destinationPort == Port) return true;
        return (destinationPort == HttpsPort && s_resolvers.Contains(packet.DestinationAddress))
            || (sourcePort == HttpsPort && s_resolvers.Contains(packet.SourceAddress));
    }

    private static HostAddress Parse(string text)
    {
        var address = IPAddress.Parse(text);
        return address.AddressFamily == AddressFamily.InterNetwork ? HostAddress.FromIPv4(address.GetAddressBytes()) : HostAddress.FromIPv6(address.GetAddressBytes());
    }
}
