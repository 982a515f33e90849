namespace DnsTunnel.Tests.Capture;

/// <summary>Builds a pcapng file in memory; every field can be made wrong.</summary>
internal sealed class PcapngBuilder : CaptureFileBuilder
{
    /// <summary>Begins a section in a byte order of its own.</summary>
    public PcapngBuilder Section(bool bigEndian = false, uint byteOrderMagic = 0x1a2b3c4d, int version = 1)
    {
        BigEndian = bigEndian;
        return Block(0x0a0d0d0a, [.. UInt32(byteOrderMagic), .. UInt16(version), .. UInt16(0), .. Int64(-1)]);
    }

    public PcapngBuilder Interface(int linkType = 1, uint snapLength = 0, byte? resolution = null, long? offset = null, byte[]? options = null) =>
        Block(1,
        [
            .. UInt16(linkType), .. UInt16(0), .. UInt32(snapLength),
            .. resolution is { } r ? [.. Option(2, "eth0"u8), .. Option(9, [r])] : Array.Empty<byte>(),
            .. offset is { } o ? Option(14, Int64(o)) : [],
            .. options ?? Option(0, []),
        ]);

    public PcapngBuilder Enhanced(ulong stamp, byte[] data, uint number = 0, uint? captured = null, uint? original = null, byte[]? options = null) =>
        Block(6, [.. UInt32(number), .. PacketFields(stamp, data, captured, original), .. options ?? []]);

    public PcapngBuilder Obsolete(ulong stamp, byte[] data, int number = 0) =>
        Block(2, [.. UInt16(number), .. UInt16(7), .. PacketFields(stamp, data, null, null)]);

    public PcapngBuilder Simple(byte[] data, uint? original = null) => Block(3, [.. UInt32(original ?? (uint)data.Length), .. Padded(data)]);

    public PcapngBuilder Block(uint type, byte[] body, uint? length = null, uint? trailer = null)
    {
        var size = length ?? (uint)body.Length + 12;
        Append([.. UInt32(type), .. UInt32(size), .. body, .. UInt32(trailer ?? size)]);
        return this;
    }

    public byte[] Option(int code, ReadOnlySpan<byte> value) => [.. UInt16(code), .. UInt16(value.Length), .. Padded(value)];

    private byte[] PacketFields(ulong stamp, byte[] data, uint? captured, uint? original) =>
    [
        .. UInt32((uint)(stamp >> 32)), .. UInt32((uint)stamp),
        .. UInt32(captured ?? (uint)data.Length), .. UInt32(original ?? (uint)data.Length), .. Padded(data),
    ];

    private static byte[] Padded(ReadOnlySpan<byte> data) => [.. data, .. new byte[-data.Length & 3]];
}
