using System.Buffers.Binary;
using DnsTunnel.Sources;

namespace DnsTunnel.Capture;

/// <summary>Reads the packets of one capture file in order.</summary>
internal abstract class CaptureReader : IDisposable
{
    /// <summary>Opens a capture file, compressed or not.</summary>
    /// <inheritdoc cref="Open(ByteSource)"/>
    public static CaptureReader Open(string path) => OpenOwn(ByteSource.Open(path));

    /// <summary>Opens a capture that lies in a stream, and takes the stream over.</summary>
    /// <inheritdoc cref="Open(ByteSource)"/>
    public static CaptureReader Open(Stream stream) => OpenOwn(new ByteSource(stream));

    /// <summary>Opens a capture by its content, and takes the source over when it is one.</summary>
    /// <exception cref="SourceFormatException">It is no capture.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static CaptureReader Open(ByteSource source)
    {
        source.TryPeek(ForeignFile.DescribedBytes, out var start);
        if (start.IsEmpty) throw new SourceFormatException("the file is empty.", 0);
        var magic = MagicOf(start);
        if (magic == PcapngReader.Magic) return new PcapngReader(source);
        if (PcapReader.IsMagic(magic)) return new PcapReader(source);
        throw new SourceFormatException($"the file is not a pcap or pcapng capture: {ForeignFile.Describe(start)}.", 0);
    }

    /// <summary>Whether the source begins as a capture does.</summary>
    public static bool IsCapture(ByteSource source)
    {
        source.TryPeek(ForeignFile.DescribedBytes, out var start);
        var magic = MagicOf(start);
        return magic == PcapngReader.Magic || PcapReader.IsMagic(magic);
    }

    /// <summary>Bytes of the file as stored (compressed when it is) and how many of them were read: for progress. 0 for a pipe.</summary>
    public abstract long Length { get; }

    /// <inheritdoc cref="Length"/>
    public abstract long Position { get; }

    /// <summary>
    /// Packets passed over so far: of a link type that is not read, of an interface that the file does not describe,
    /// or longer than their block.
    /// </summary>
    public virtual long SkippedPackets => 0;

    /// <summary>Reads the next packet; false at the end.</summary>
    /// <exception cref="SourceFormatException">The file is cut or corrupt from here on.</exception>
    public abstract bool TryRead(out CapturedPacket packet);

    public abstract void Dispose();

    private static CaptureReader OpenOwn(ByteSource source)
    {
        try
        {
            return Open(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static uint MagicOf(ReadOnlySpan<byte> start) => start.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(start);
}
