namespace DnsTunnel;

/// <summary>What the names of a tunnel carried, as far as it can be read.</summary>
public sealed class DnsTunnelPayload
{
    /// <summary>How it is written in the names; null when it is in no way that is known.</summary>
    public string? Codec { get; init; }

    /// <summary>How many bytes of content were put together from the names that were read, headers not counted.</summary>
    public long Length { get; init; }

    /// <summary>The first 64 KiB of them. The tunnel wrote them: treat them as hostile.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>The kind of file they begin with; null when it is none that is known.</summary>
    public string? FileType { get; init; }

    /// <summary>Pieces of printable ASCII in them, at most 20 of at most 80 characters.</summary>
    public string[] Texts { get; init; } = [];

    /// <summary>What to know before relying on it.</summary>
    public string? Note { get; init; }

    /// <summary>All of it in one line.</summary>
    public override string ToString() => Codec is null
        ? "not decoded: in no way that is known"
        : FormattableString.Invariant($"{(Length == 0 ? "no readable content" : $"{Length:N0} bytes")} in {Codec}{(FileType is null ? "" : $"; {FileType}")}{(Note is null ? "" : $"; {Note}")}");
}
