namespace DnsTunnel.Packets;

/// <summary>One whole DNS message as it was found in traffic, with who sent it to whom.</summary>
internal readonly ref struct DnsPacket
{
    /// <summary>The message, without the length that precedes it in TCP.</summary>
    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Capture time in ticks (100 ns since year 1), UTC.</summary>
    public required long Ticks { get; init; }

    public required HostAddress Source { get; init; }

    public required HostAddress Destination { get; init; }

    public required ushort SourcePort { get; init; }

    public required ushort DestinationPort { get; init; }

    public required DnsTransport Transport { get; init; }
}
