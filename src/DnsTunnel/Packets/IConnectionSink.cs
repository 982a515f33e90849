namespace DnsTunnel.Packets;

/// <summary>Is told of packets over UDP and TCP that are no DNS.</summary>
internal interface IConnectionSink
{
    void OnConnection(HostAddress source, HostAddress destination);
}
