namespace DnsTunnel.Volume;

/// <summary>What one transaction adds to a summary.</summary>
internal readonly ref struct VolumeItem
{
    /// <summary>Time of the request in ticks, UTC.</summary>
    public required long Ticks { get; init; }

    /// <summary>A number from <see cref="ClientTable"/>.</summary>
    public required int Client { get; init; }

    /// <summary>The name in wire form.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    public required ushort Type { get; init; }

    public required bool IsNxDomain { get; init; }

    public required int QuerySize { get; init; }

    public required int ResponseSize { get; init; }
}
