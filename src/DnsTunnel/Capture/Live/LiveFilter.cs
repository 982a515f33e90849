using DnsTunnel.Packets;

namespace DnsTunnel.Capture.Live;

/// <summary>The filter that the kernel applies when the user gives none.</summary>
internal static class LiveFilter
{
    /// <summary>
    /// The ports on either side over any protocol, DNS over TLS and QUIC to be counted (RFC 7858, RFC 9250), and what has no ports
    /// of its own: later fragments of IPv4, and all fragments of IPv6 (next header 44). On Ethernet the same below one or two VLAN
    /// tags: "vlan" moves all that follows it in the expression by a tag, so it stands last.
    /// </summary>
    public static string ForPorts(IReadOnlyCollection<int> ports, LinkType linkType)
    {
        var plain = string.Join(" or ", ports.Append(EncryptedDns.Port).Distinct().Order().Select(port => $"port {port}"))
            + " or (ip[6:2] & 0x1fff != 0) or ip6[6] = 44";
        return linkType == LinkType.Ethernet ? $"{plain} or (vlan and ({plain} or (vlan and ({plain}))))" : plain;
    }
}
