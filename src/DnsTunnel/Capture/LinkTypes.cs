namespace DnsTunnel.Capture;

/// <summary>Which link types are read, and what to say of the others.</summary>
internal static class LinkTypes
{
    /// <summary>Whether packets of this number of the LINKTYPE registry are read.</summary>
    public static bool IsRead(int number) => (LinkType)number is LinkType.Null or LinkType.Ethernet or LinkType.RawBsd
        or LinkType.RawOpenBsd or LinkType.Raw or LinkType.Loop or LinkType.LinuxSll or LinkType.IPv4 or LinkType.IPv6
        or LinkType.LinuxSll2;

    /// <summary>The sentence for a file whose packets are of a link type that is not read.</summary>
    public static string NotRead(int number) =>
        $"its packets are of link type {number}{Name(number)}, which is not read; read are 0 (BSD loopback), 1 (Ethernet), "
        + "12, 14 and 101 (raw IP), 108 (OpenBSD loopback), 113 and 276 (Linux cooked), 228 (IPv4) and 229 (IPv6).";

    private static string Name(int number) => number switch
    {
        9 => " (PPP)",
        105 => " (IEEE 802.11)",
        127 => " (IEEE 802.11 with radiotap)",
        189 or 220 or 249 => " (USB)",
        187 or 201 => " (Bluetooth)",
        239 => " (NFLOG)",
        253 => " (netlink)",
        _ => "",
    };
}
