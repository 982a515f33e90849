using DnsTunnel.Packets;

namespace DnsTunnel.Capture.Live;

/// <summary>How interfaces are captured on.</summary>
internal sealed record LiveCaptureOptions
{
    /// <summary>A second and a half of 100,000 packets a second of 200 bytes; libpcap's own 2 MiB are a tenth of one.</summary>
    public const int DefaultBufferSize = 32 << 20;

    /// <summary>A BPF expression; null for the packets of <see cref="Ports"/> and what belongs to them.</summary>
    public string? Filter { get; init; }

    /// <summary>The ports of DNS.</summary>
    public IReadOnlyCollection<int> Ports { get; init; } = PacketDecoder.DefaultPorts;

    public bool Promiscuous { get; init; }

    /// <summary>Whether to find the process that asked.</summary>
    public bool IncludeProcess { get; init; }

    /// <summary>Bytes of the kernel's buffer for each interface.</summary>
    public int BufferSize { get; init; } = DefaultBufferSize;
}
