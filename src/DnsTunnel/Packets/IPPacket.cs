namespace DnsTunnel.Packets;

/// <summary>An IP packet past its headers, whichever version.</summary>
internal readonly ref struct IPPacket
{
    /// <summary>Four or sixteen bytes.</summary>
    public required ReadOnlySpan<byte> Source { get; init; }

    public required ReadOnlySpan<byte> Destination { get; init; }

    public required byte Protocol { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Bytes of the payload that the snapshot length cut off.</summary>
    public required int Missing { get; init; }

    public uint FragmentId { get; init; }

    /// <summary>Where in the datagram the payload belongs, in bytes.</summary>
    public int FragmentOffset { get; init; }

    public bool MoreFragments { get; init; }

    public bool IsFragment => MoreFragments || FragmentOffset > 0;

    public bool IsIPv6 => Source.Length == 16;

    public HostAddress SourceAddress => ToAddress(Source);

    public HostAddress DestinationAddress => ToAddress(Destination);

    private static HostAddress ToAddress(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 4 ? HostAddress.FromIPv4(bytes) : HostAddress.FromIPv6(bytes);
}
