namespace DnsTunnel.Packets;

/// <summary>The EtherTypes that lead to IP (IEEE 802 numbers registry).</summary>
internal static class EtherType
{
    public const ushort IPv4 = 0x0800;
    public const ushort CustomerTag = 0x8100;
    public const ushort IPv6 = 0x86DD;
    public const ushort Mpls = 0x8847;
    public const ushort PppoeSession = 0x8864;
    public const ushort ServiceTag = 0x88A8;

    /// <summary>Stacked tags as made before IEEE 802.1ad.</summary>
    public const ushort OldServiceTag = 0x9100;
}
