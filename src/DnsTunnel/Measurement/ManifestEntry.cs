namespace DnsTunnel.Measurement;

/// <summary>What a manifest says of one capture.</summary>
internal sealed record ManifestEntry
{
    /// <summary>The full path.</summary>
    public required string Path { get; init; }

    public required DnsTunnelLabel Label { get; init; }

    /// <summary>The registered domains of the tunnel, in lower case.</summary>
    public string[] Domains { get; init; } = [];

    public string? Tool { get; init; }

    public string? Group { get; init; }

    public string? Rate { get; init; }

    public long? PayloadBytes { get; init; }
}
