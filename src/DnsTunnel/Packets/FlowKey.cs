namespace DnsTunnel.Packets;

/// <summary>One direction of a TCP connection.</summary>
internal readonly record struct FlowKey(HostAddress Source, HostAddress Destination, ushort SourcePort, ushort DestinationPort)
{
    // The generated one adds the fields up: a sender could choose ports that all fall into few buckets.
    public override int GetHashCode() => HashCode.Combine(Source.Value, Destination.Value, SourcePort, DestinationPort);
}
