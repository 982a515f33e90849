using System.Buffers.Binary;
using DnsTunnel.Sources;

namespace DnsTunnel.Capture;

/// <summary>Reads pcap (draft-ietf-opsawg-pcap), with times in microseconds or nanoseconds, of either byte order.</summary>
internal sealed class PcapReader : CaptureReader
{
    /// <summary>The longest packet that is believed; libpcap's MAXIMUM_SNAPLEN. A longer one is corruption.</summary>
    public const int MaximumPacketSize = 1 << 18;

    private const uint Microseconds = 0xa1b2c3d4;
    private const uint Nanoseconds = 0xa1b23c4d;

    // Written by a patched libpcap of the 1990s: eight more bytes (interface, protocol, packet type) in each record header.
    private const uint Modified = 0xa1b2cd34;

    private const int FileHeaderSize = 24;
    private const int RecordHeaderSize = 16;
    private const int ModifiedRecordHeaderSize = 24;
    private const int MajorVersion = 2;

    private readonly ByteSource _source;
    private readonly bool _bigEndian;
    private readonly bool _nanoseconds;
    private readonly int _headerSize;
    private readonly LinkType _linkType;

    public PcapReader(ByteSource source)
    {
        _source = source;
        if (!source.TryPeek(FileHeaderSize, out var header))
        {
            throw new SourceFormatException($"the file ends inside its pcap header of 24 bytes, after {header.Length} bytes.", 0);
        }
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(header);
        _bigEndian = !IsLittleEndianMagic(magic);
        if (_bigEndian) magic = BinaryPrimitives.ReverseEndianness(magic);
        _nanoseconds = magic == Nanoseconds;
        _headerSize = magic == Modified ? ModifiedRecordHeaderSize : RecordHeaderSize;

        var version = _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(header[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        if (version != MajorVersion) throw new SourceFormatException($"its pcap version is {version}; only version 2 is read.", 4);

        // The upper half of the field tells of frame check sequences.
        var linkType = (ushort)ReadUInt32(header[20..]);
        if (!LinkTypes.IsRead(linkType)) throw new SourceFormatException(LinkTypes.NotRead(linkType), 20);
        _linkType = (LinkType)linkType;
        source.Skip(FileHeaderSize);
    }

    public override long Length => _source.Length;

    public override long Position => _source.Position;

    /// <summary>Whether a file begins as pcap does; its first four bytes as a little-endian number.</summary>
    public static bool IsMagic(uint magic) => IsLittleEndianMagic(magic) || IsLittleEndianMagic(BinaryPrimitives.ReverseEndianness(magic));

    public override bool TryRead(out CapturedPacket packet)
    {
        if (!_source.TryPeek(_headerSize, out var header))
        {
            packet = default;
            return header.IsEmpty ? false : throw Cut();
        }
        var size = ReadUInt32(header[8..]);
        if (size > MaximumPacketSize)
        {
            throw new SourceFormatException($"a packet claims {size} bytes; more than 262,144 are corruption.", _source.Offset);
        }
        var seconds = ReadUInt32(header);
        var fraction = ReadUInt32(header[4..]);
        var originalLength = ReadUInt32(header[12..]);

        if (!_source.TryPeek(_headerSize + (int)size, out var record)) throw Cut();
        _source.Skip(record.Length);
        packet = new CapturedPacket
        {
            Data = record[_headerSize..],
            // A fraction of a second or more carries over.
            Ticks = DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond)
                + (_nanoseconds ? fraction / TimeSpan.NanosecondsPerTick : fraction * TimeSpan.TicksPerMicrosecond),
            LinkType = _linkType,
            OriginalLength = (int)Math.Clamp(originalLength, size, int.MaxValue),
        };
        return true;
    }

    public override void Dispose() => _source.Dispose();

    private static bool IsLittleEndianMagic(uint magic) => magic is Microseconds or Nanoseconds or Modified;

    private uint ReadUInt32(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private SourceFormatException Cut() => new("the file ends inside a packet: it is cut.", _source.Offset);
}
