namespace DnsTunnel;

/// <summary>One name of a tunnel and what it holds.</summary>
public sealed class DnsTunnelSample
{
    /// <summary>When it was first asked for, UTC.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>The name in presentation form (RFC 4343).</summary>
    public string Name { get; init; } = ".";

    /// <summary>The type it was first asked for with.</summary>
    public string QueryType { get; init; } = "";

    /// <summary>How its data is written; null when it was not decoded.</summary>
    public string? Codec { get; init; }

    /// <summary>What its header says; null when it has none.</summary>
    public string? Header { get; init; }

    /// <summary>Bytes of data behind the header.</summary>
    public int Length { get; init; }

    /// <summary>The first 32 of them in hexadecimal.</summary>
    public string? Hex { get; init; }

    /// <summary>The same as ASCII, with a dot for what is not printable.</summary>
    public string? Text { get; init; }

    /// <summary>The name, and what it holds below it.</summary>
    public override string ToString() => Codec is null ? Name : FormattableString.Invariant(
        $"{Name}{Environment.NewLine}  {(Header is null ? Codec : $"{Header} ({Codec})")}, {Length} bytes{(Length == 0 ? "" : $": {Text}")}");
}
