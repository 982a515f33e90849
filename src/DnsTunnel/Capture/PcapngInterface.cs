using System.Buffers.Binary;

namespace DnsTunnel.Capture;

/// <summary>What the packets of a pcapng interface have in common (draft-ietf-opsawg-pcapng, section 4.2).</summary>
internal sealed record PcapngInterface(ushort LinkType, uint SnapLength, CaptureClock Clock)
{
    private const int FixedSize = 8;
    private const int OptionHeaderSize = 4;
    private const int EndOfOptions = 0;
    private const int TimeResolution = 9;
    private const int TimeOffset = 14;
    private const byte DefaultResolution = 6;

    /// <summary>Whether its packets can be decoded.</summary>
    public bool IsRead { get; } = LinkTypes.IsRead(LinkType);

    /// <summary>Reads the body of an interface description block; null when it is too short.</summary>
    public static PcapngInterface? Read(ReadOnlySpan<byte> body, bool bigEndian)
    {
        if (body.Length < FixedSize) return null;
        var resolution = DefaultResolution;
        var offset = 0L;
        var options = body[FixedSize..];
        while (options.Length >= OptionHeaderSize)
        {
            var code = ReadUInt16(options, bigEndian);
            int size = ReadUInt16(options[2..], bigEndian);
            options = options[OptionHeaderSize..];
            // An option that runs past its block ends the list; what was understood before it holds.
            if (code == EndOfOptions || size > options.Length) break;
            if (code == TimeResolution && size == 1) resolution = options[0];
            if (code == TimeOffset && size == sizeof(long))
            {
                offset = bigEndian ? BinaryPrimitives.ReadInt64BigEndian(options) : BinaryPrimitives.ReadInt64LittleEndian(options);
            }
            options = options[Math.Min(options.Length, (size + 3) & ~3)..];
        }
        var snapLength = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(body[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        return new PcapngInterface(ReadUInt16(body, bigEndian), snapLength, new CaptureClock(resolution, offset));
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
