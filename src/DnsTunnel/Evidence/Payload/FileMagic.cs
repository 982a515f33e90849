namespace DnsTunnel.Evidence.Payload;

/// <summary>Tells files by the bytes they begin with.</summary>
internal static class FileMagic
{
    /// <summary>A tunnel puts its own header before a file.</summary>
    private const int MaxOffset = 512;

    // Four bytes or more: shorter ones come up in random data.
    private static readonly (byte[] Bytes, string Name)[] s_known =
    [
        ([.. "%PDF-"u8], "PDF document"),
        ([0x89, .. "PNG\r\n"u8], "PNG image"),
        ([0xFF, 0xD8, 0xFF, 0xE0], "JPEG image"),
        ([0xFF, 0xD8, 0xFF, 0xE1], "JPEG image"),
        ([.. "GIF8"u8], "GIF image"),
        ([.. "PK\u0003\u0004"u8], "ZIP archive or Office document"),
        ([0x1F, 0x8B, 0x08, 0x00], "gzip"),
        ([0x1F, 0x8B, 0x08, 0x08], "gzip"),
        ([.. "7z"u8, 0xBC, 0xAF], "7-Zip archive"),
        ([.. "Rar!"u8], "RAR archive"),
        ([.. "BZh91AY"u8], "bzip2"),
        ([0xFD, .. "7zXZ"u8], "xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard"),
        ([0x7F, .. "ELF"u8], "ELF program"),
        ([.. "MZ"u8, 0x90, 0x00], "Windows program"),
        ([0xCA, 0xFE, 0xBA, 0xBE], "Java class or Mach-O program"),
        ([0xD0, 0xCF, 0x11, 0xE0], "Office document (before 2007)"),
        ([.. "SQLite format 3"u8], "SQLite database"),
        ([.. "{\\rtf"u8], "RTF document"),
        ([.. "-----BEGIN "u8], "PEM key or certificate"),
        ([.. "SSH-2.0-"u8], "SSH session"),
        ([.. "HTTP/1."u8], "HTTP response"),
        ([.. " HTTP/1."u8], "HTTP request"),
        ([.. "#!/"u8, (byte)'b', (byte)'i', (byte)'n'], "script"),
        ([.. "<?xml "u8], "XML"),
    ];

    /// <summary>What begins first, and where; null when nothing is known.</summary>
    public static string? Find(ReadOnlySpan<byte> content)
    {
        var head = content[..Math.Min(content.Length, MaxOffset)];
        var (best, name) = (int.MaxValue, "");
        foreach (var (bytes, known) in s_known)
        {
            var offset = head.IndexOf(bytes);
            if (offset >= 0 && offset < best) (best, name) = (offset, known);
        }

        return best == int.MaxValue ? null : best == 0 ? name : FormattableString.Invariant($"{name} (from byte {best})");
    }
}
