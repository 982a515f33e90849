namespace DnsTunnel.Capture;

/// <summary>Link-layer header types that are read, with the numbers of the LINKTYPE registry at tcpdump.org.</summary>
internal enum LinkType : ushort
{
    Null = 0,
    Ethernet = 1,
    RawBsd = 12,
    RawOpenBsd = 14,
    Raw = 101,
    Loop = 108,
    LinuxSll = 113,
    IPv4 = 228,
    IPv6 = 229,
    LinuxSll2 = 276,
}
