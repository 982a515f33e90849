using DnsTunnel.Sources;

namespace DnsTunnel.Fuzz.Targets;

/// <summary>gzip and zstd, as they come before every other reader.</summary>
internal static class CompressedFiles
{
    /// <summary>A small file may hold gigabytes: reading all of them takes long and is no fault.</summary>
    private const long Enough = 1 << 24;

    public static long Read(byte[] bytes)
    {
        var read = 0L;
        try
        {
            using var source = new ByteSource(new MemoryStream(bytes));
            while (read < Enough && source.TryPeek(1, out _))
            {
                read += source.Available.Length;
                source.Skip(source.Available.Length);
            }
        }
        catch (SourceFormatException)
        {
        }

        return read;
    }
}
