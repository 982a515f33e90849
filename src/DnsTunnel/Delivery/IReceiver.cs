namespace DnsTunnel.Delivery;

/// <summary>Takes findings and notices over the network.</summary>
internal interface IReceiver : IMessageReceiver
{
    /// <summary>The message that tells a finding.</summary>
    byte[] Encode(DnsTunnelFinding finding);

    /// <summary>The message that tells how a source is.</summary>
    byte[] Encode(SourceNotice notice);
}
