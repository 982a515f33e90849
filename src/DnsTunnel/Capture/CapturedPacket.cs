namespace DnsTunnel.Capture;

/// <summary>One packet of a capture; its bytes are valid until the next one is read.</summary>
internal readonly ref struct CapturedPacket
{
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Capture time in ticks (100 ns since year 1), UTC.</summary>
    public required long Ticks { get; init; }

    public required LinkType LinkType { get; init; }

    /// <summary>Length on the wire; more than <see cref="Data"/> holds when the snapshot length cut it.</summary>
    public required int OriginalLength { get; init; }
}
