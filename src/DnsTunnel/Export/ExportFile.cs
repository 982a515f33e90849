using System.IO.Compression;
using ZstdSharp;

namespace DnsTunnel.Export;

/// <summary>Opens the file of an export.</summary>
internal static class ExportFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>What is appended to a compressed file is a gzip member (RFC 1952, 2.2) or zstd frame (RFC 8878, 3) of its own.</summary>
    public static Stream Open(string path, FileMode mode)
    {
        var isGzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var isZstd = path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);
        var append = mode == FileMode.Append;
        var file = new FileStream(path, append ? FileMode.OpenOrCreate : mode, append ? FileAccess.ReadWrite : FileAccess.Write, FileShare.Read, BufferSize);
        try
        {
            if (append) SeekEnd(file, endLine: !isGzip && !isZstd);
            if (isGzip) return new BufferedStream(new GZipStream(file, CompressionLevel.Optimal), BufferSize);
            return isZstd ? new BufferedStream(new CompressionStream(file, leaveOpen: false), BufferSize) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A line that was cut, by a full disk or a crash, must not take the first of this export with it.</summary>
    private static void SeekEnd(FileStream file, bool endLine)
    {
        if (file.Length == 0) return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n' && endLine) file.WriteByte((byte)'\n');
    }
}
