using System.Buffers.Binary;
using DnsTunnel.Sources;

namespace DnsTunnel.Capture;

/// <summary>
/// Reads pcapng (draft-ietf-opsawg-pcapng). Packets of which the file does not say enough are passed over and counted; framing that
/// does not hold ends the file.
/// </summary>
internal sealed class PcapngReader : CaptureReader
{
    /// <summary>The first four bytes of a section, the same in both byte orders.</summary>
    public const uint Magic = 0x0a0d0d0a;

    /// <summary>The longest block that is believed, as in libpcap.</summary>
    private const int MaximumBlockSize = ByteSource.MaximumRequest;

    private const int MaximumInterfaces = 1 << 16;
    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const int BlockHeaderSize = 8;
    private const int BlockTrailerSize = 4;
    private const int SectionFixedSize = 16;
    private const int PacketFixedSize = 20;
    private const int MajorVersion = 1;

    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;

    private readonly ByteSource _source;
    private readonly List<PcapngInterface> _interfaces = [];
    private bool _bigEndian;
    private long _lastTicks = DateTime.UnixEpoch.Ticks;
    private long _packets;
    private long _skipped;
    private ushort? _unreadLinkType;
    private SourceFormatException? _failure;

    public PcapngReader(ByteSource source)
    {
        _source = source;
        if (TryReadBlock(out _, out var body)) ReadSection(body);
    }

    public override long Length => _source.Length;

    public override long Position => _source.Position;

    public override long SkippedPackets => _skipped;

    public override bool TryRead(out CapturedPacket packet)
    {
        if (_failure is not null) throw _failure;
        while (TryReadBlock(out var type, out var body))
        {
            switch (type)
            {
                case EnhancedPacket when TryReadPacket(body, obsolete: false, out packet):
                case ObsoletePacket when TryReadPacket(body, obsolete: true, out packet):
                case SimplePacket when TryReadSimplePacket(body, out packet):
                    _packets++;
                    _lastTicks = packet.Ticks;
                    return true;
                case EnhancedPacket or ObsoletePacket or SimplePacket:
                    _skipped++;
                    break;
                case InterfaceDescription:
                    AddInterface(body);
                    break;
                case Magic:
                    ReadSection(body);
                    break;
            }
        }
        // Nothing read of a file that holds packets must not look like a quiet network.
        if (_packets == 0 && _unreadLinkType is { } linkType) throw Fail(LinkTypes.NotRead(linkType), _source.Offset);
        packet = default;
        return false;
    }

    public override void Dispose() => _source.Dispose();

    /// <summary>Reads a block; the body (without lengths and type) only of kinds that are understood.</summary>
    private bool TryReadBlock(out uint type, out ReadOnlySpan<byte> body)
    {
        body = default;
        type = 0;
        var offset = _source.Offset;
        if (!_source.TryPeek(BlockHeaderSize, out var header)) return header.IsEmpty ? false : throw Cut(offset);
        type = ReadUInt32(header);
        if (type == Magic)
        {
            if (!_source.TryPeek(BlockHeaderSize + sizeof(uint), out header)) throw Cut(offset);
            ReadByteOrder(header[BlockHeaderSize..], offset);
        }
        var size = ReadUInt32(header[4..]);
        if (size is < BlockHeaderSize + BlockTrailerSize or > MaximumBlockSize || size % 4 != 0)
        {
            throw Fail($"a block claims {size} bytes; it must be 12 to 16,777,216 of them and a multiple of 4.", offset);
        }

        ReadOnlySpan<byte> trailer;
        if (type is Magic or InterfaceDescription or ObsoletePacket or SimplePacket or EnhancedPacket)
        {
            if (!_source.TryPeek((int)size, out var block)) throw Cut(offset);
            body = block[BlockHeaderSize..^BlockTrailerSize];
            trailer = block[^BlockTrailerSize..];
            _source.Skip(block.Length);
        }
        else
        {
            if (!_source.TryDiscard((int)size - BlockTrailerSize) || !_source.TryPeek(BlockTrailerSize, out trailer)) throw Cut(offset);
            _source.Skip(BlockTrailerSize);
        }
        if (ReadUInt32(trailer) != size)
        {
            throw Fail($"a block claims {size} bytes where it begins and {ReadUInt32(trailer)} where it ends.", offset);
        }
        return true;
    }

    private void ReadByteOrder(ReadOnlySpan<byte> mark, long offset)
    {
        var order = BinaryPrimitives.ReadUInt32LittleEndian(mark);
        _bigEndian = order switch
        {
            ByteOrderMagic => false,
            0x4d3c2b1a => true,
            _ => throw Fail($"the byte-order mark of a pcapng section is {Convert.ToHexString(mark)}.", offset),
        };
    }

    private void ReadSection(ReadOnlySpan<byte> body)
    {
        _interfaces.Clear();
        var start = _source.Offset - body.Length - BlockHeaderSize - BlockTrailerSize;
        if (body.Length < SectionFixedSize) throw Fail("a section header is too short.", start);
        var version = _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(body[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(body[4..]);
        if (version != MajorVersion) throw Fail($"its pcapng version is {version}; only version 1 is read.", start);
    }

    private void AddInterface(ReadOnlySpan<byte> body)
    {
        var start = _source.Offset - body.Length - BlockHeaderSize - BlockTrailerSize;
        if (_interfaces.Count == MaximumInterfaces) throw Fail("a section describes more than 65,536 interfaces.", start);
        _interfaces.Add(PcapngInterface.Read(body, _bigEndian) ?? throw Fail("an interface description is too short.", start));
    }

    /// <summary>Enhanced packet block, and the packet block that it replaced, whose interface number has only two bytes.</summary>
    private bool TryReadPacket(ReadOnlySpan<byte> body, bool obsolete, out CapturedPacket packet)
    {
        packet = default;
        if (body.Length < PacketFixedSize) return false;
        var number = ReadUInt32(body);
        if (obsolete) number = _bigEndian ? number >> 16 : number & 0xffff;
        if (!TryGetInterface(number, out var source)) return false;
        var size = ReadUInt32(body[12..]);
        if (size > PcapReader.MaximumPacketSize || size > body.Length - PacketFixedSize) return false;
        packet = new CapturedPacket
        {
            Data = body.Slice(PacketFixedSize, (int)size),
            Ticks = source.Clock.ToTicks(((ulong)ReadUInt32(body[4..]) << 32) | ReadUInt32(body[8..])),
            LinkType = (LinkType)source.LinkType,
            OriginalLength = (int)Math.Clamp(ReadUInt32(body[16..]), size, int.MaxValue),
        };
        return true;
    }

    /// <summary>A simple packet block has no time: the packet before it gives one.</summary>
    private bool TryReadSimplePacket(ReadOnlySpan<byte> body, out CapturedPacket packet)
    {
        packet = default;
        if (body.Length < sizeof(uint) || !TryGetInterface(0, out var source)) return false;
        var originalLength = ReadUInt32(body);
        var data = body[sizeof(uint)..];
        var size = source.SnapLength == 0 ? originalLength : Math.Min(originalLength, source.SnapLength);
        // The captured length is only implied, and some writers cut without saying so: the block is the limit.
        data = data[..(int)Math.Min(size, (uint)data.Length)];
        if (data.Length > PcapReader.MaximumPacketSize) return false;
        packet = new CapturedPacket
        {
            Data = data,
            Ticks = _lastTicks,
            LinkType = (LinkType)source.LinkType,
            OriginalLength = (int)Math.Min(originalLength, int.MaxValue),
        };
        return true;
    }

    private bool TryGetInterface(uint number, out PcapngInterface source)
    {
        source = number < (uint)_interfaces.Count ? _interfaces[(int)number] : null!;
        if (source is null) return false;
        if (!source.IsRead) _unreadLinkType ??= source.LinkType;
        return source.IsRead;
    }

    private uint ReadUInt32(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private SourceFormatException Cut(long offset) => Fail("the file ends inside a block: it is cut.", offset);

    private SourceFormatException Fail(string message, long offset) => _failure = new SourceFormatException(message, offset);
}
