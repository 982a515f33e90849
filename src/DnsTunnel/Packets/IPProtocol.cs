namespace DnsTunnel.Packets;

/// <summary>Protocol and extension header numbers of IP (IANA protocol numbers registry).</summary>
internal static class IPProtocol
{
    public const byte HopByHop = 0;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Authentication = 51;
    public const byte DestinationOptions = 60;

    /// <summary>Can DNS be below this header?</summary>
    public static bool LeadsToDns(byte protocol) =>
        protocol is Udp or Tcp or HopByHop or Routing or Fragment or Authentication or DestinationOptions;
}
