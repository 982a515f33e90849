namespace DnsTunnel.Packets;

/// <summary>What came of reading a header.</summary>
internal enum PacketStatus
{
    Ok,

    /// <summary>Well-formed, but nothing that can carry DNS: ARP, LLC, spanning tree and the like.</summary>
    Other,

    /// <summary>The bytes end inside the header.</summary>
    Cut,

    /// <summary>The header contradicts itself.</summary>
    Broken,
}
