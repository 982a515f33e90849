using System.Buffers.Binary;
using System.Net;

namespace DnsTunnel.Packets;

/// <summary>An IP address without allocation; IPv4 is held as IPv4-mapped IPv6 (RFC 4291, section 2.5.5.2).</summary>
internal readonly record struct HostAddress(UInt128 Value)
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    public static HostAddress FromIPv4(ReadOnlySpan<byte> fourBytes) =>
        new(new UInt128(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(fourBytes)));

    public static HostAddress FromIPv6(ReadOnlySpan<byte> sixteenBytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(sixteenBytes));

    /// <summary>224.0.0.0/4 (RFC 5771) and ff00::/8 (RFC 4291, section 2.7).</summary>
    public bool IsMulticast => (Value >> 120) == 0xFF || (Value >> 28) == 0xFFFFE;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        var mapped = Value >> 32 == 0xFFFF;
        return new IPAddress(mapped ? bytes[12..] : bytes).ToString();
    }
}
