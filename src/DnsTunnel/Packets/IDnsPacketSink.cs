namespace DnsTunnel.Packets;

/// <summary>Takes DNS messages in capture order.</summary>
internal interface IDnsPacketSink
{
    /// <summary>The packet's span is valid during the call only.</summary>
    void OnPacket(in DnsPacket packet);
}
