using DnsTunnel.Packets;
using DnsTunnel.Processes;

namespace DnsTunnel.Volume;

/// <summary>What one transaction adds to a summary.</summary>
internal readonly ref struct VolumeItem
{
    /// <summary>Time of the request in ticks, UTC.</summary>
    public required long Ticks { get; init; }

    /// <summary>Who asked; the default when that is known by name only, or not at all.</summary>
    public HostAddress ClientAddress { get; init; }

    /// <summary>An address or a host name, of sources that have text.</summary>
    public string? ClientName { get; init; }

    /// <summary>The name in wire form.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Of the name, letter case ignored.</summary>
    public required ulong NameHash { get; init; }

    public required ushort Type { get; init; }

    public required bool IsNxDomain { get; init; }

    public required int QuerySize { get; init; }

    public required int ResponseSize { get; init; }

    /// <summary>Null where the source does not tell.</summary>
    public AskingProcess? Process { get; init; }

    public AnswerData Answer { get; init; }

    /// <summary>Of the name, without the length byte of the first label and the root label: dots stand where the others' were.</summary>
    public int TextLength => Math.Max(1, Name.Length - 2);
}
