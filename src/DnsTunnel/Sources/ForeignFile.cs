namespace DnsTunnel.Sources;

/// <summary>Says what a file is that is no capture, as far as its first bytes tell.</summary>
internal static class ForeignFile
{
    /// <summary>How many bytes a description looks at.</summary>
    public const int DescribedBytes = 8;

    /// <summary>"it is …" for kinds that people keep captures in, "it begins with …" for all others.</summary>
    public static string Describe(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0x1f, 0x8b])) return "it is compressed with gzip twice";
        if (start.StartsWith<byte>([0x28, 0xb5, 0x2f, 0xfd])) return "it is compressed with zstd twice";
        if (start.StartsWith<byte>([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'])) return "it is compressed with xz; gzip and zstd are read";
        if (start.StartsWith<byte>([0x04, 0x22, 0x4d, 0x18])) return "it is compressed with lz4; gzip and zstd are read";
        if (start.StartsWith("BZh"u8)) return "it is compressed with bzip2; gzip and zstd are read";
        if (start.StartsWith("PK\u0003\u0004"u8)) return "it is a ZIP archive; extract the capture first";
        if (start.StartsWith("snoop\0"u8)) return "it is a snoop capture; editcap converts it to pcapng";
        if (start.StartsWith("GMBU"u8)) return "it is a Network Monitor capture; editcap converts it to pcapng";
        return $"it begins with {string.Join(' ', Convert.ToHexString(start).Chunk(2).Select(pair => new string(pair)))}";
    }
}
