using System.Buffers.Binary;

namespace DnsTunnel.Tests.Packets;

/// <summary>Packets byte by byte: transport, IP and link layer wrap what they are given.</summary>
internal static class PacketBuilder
{
    public const ushort ClientPort = 40000;
    public const ushort ServerPort = 53;

    private static readonly byte[] s_client4 = [192, 0, 2, 1];
    private static readonly byte[] s_server4 = [198, 51, 100, 53];
    private static readonly byte[] s_client6 = [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    private static readonly byte[] s_server6 = [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x53];

    /// <summary>A query with one question; the first label has <paramref name="size"/> bytes, up to 63.</summary>
    public static byte[] Query(ushort id = 1, int size = 7) =>
        [.. U16(id), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte)size, .. Enumerable.Repeat((byte)'a', size), 2, (byte)'d', (byte)'e', 0, 0, 1, 0, 1];

    /// <summary>A message of any length with a good header.</summary>
    public static byte[] Message(int length, ushort id = 1)
    {
        var message = new byte[length];
        for (var i = 0; i < length; i++) message[i] = (byte)(i * 7);
        Query(id).AsSpan(0, 12).CopyTo(message);
        return message;
    }

    public static byte[] Udp(byte[] message, ushort from = ClientPort, ushort to = ServerPort, int? length = null) =>
        [.. U16(from), .. U16(to), .. U16(length ?? message.Length + 8), 0, 0, .. message];

    public static byte[] Tcp(uint sequence, byte[] data, string flags = "", ushort from = ClientPort, ushort to = ServerPort, int dataOffset = 5)
    {
        byte bits = 0x10;
        if (flags.Contains('F', StringComparison.Ordinal)) bits |= 1;
        if (flags.Contains('S', StringComparison.Ordinal)) bits |= 2;
        if (flags.Contains('R', StringComparison.Ordinal)) bits |= 4;
        return [.. U16(from), .. U16(to), .. U32(sequence), 0, 0, 0, 0, (byte)(dataOffset << 4), bits, 0xFF, 0xFF, 0, 0, 0, 0, .. data];
    }

    /// <summary>A message with the length that precedes it in TCP.</summary>
    public static byte[] Framed(byte[] message) => [.. U16(message.Length), .. message];

    /// <summary>A segment in an IPv4 packet, client to server.</summary>
    public static byte[] Segment(uint sequence, byte[] data, string flags = "") => IPv4(6, Tcp(sequence, data, flags));

    public static byte[] IPv4(
        byte protocol, byte[] payload, ushort id = 0, int offset = 0, bool more = false, int? length = null, int options = 0) =>
    [
        (byte)(0x45 + options), 0, .. U16(length ?? 20 + options * 4 + payload.Length), .. U16(id),
        .. U16(offset / 8 | (more ? 0x2000 : 0)), 64, protocol, 0, 0, .. s_client4, .. s_server4,
        .. Enumerable.Repeat((byte)1, options * 4), .. payload,
    ];

    public static byte[] IPv6(byte next, byte[] payload, int? length = null) =>
        [0x60, 0, 0, 0, .. U16(length ?? payload.Length), next, 64, .. s_client6, .. s_server6, .. payload];

    public static byte[] IPv6Fragment(byte next, byte[] payload, uint id, int offset, bool more) =>
        IPv6(44, [next, 0, .. U16(offset | (more ? 1 : 0)), .. U32(id), .. payload]);

    public static byte[] Ethernet(ushort type, byte[] payload, params ushort[] tags) =>
    [
        2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, .. tags.SelectMany(tag => (byte[])[.. U16(tag), 0, 5]), .. U16(type), .. payload,
    ];

    /// <summary>Cuts a payload into IPv4 or IPv6 fragments.</summary>
    public static List<byte[]> Fragments(bool isIPv6, byte protocol, byte[] payload, int size, ushort id = 77)
    {
        var fragments = new List<byte[]>();
        for (var offset = 0; offset < payload.Length; offset += size)
        {
            var more = offset + size < payload.Length;
            fragments.Add(Fragment(isIPv6, protocol, payload[offset..Math.Min(offset + size, payload.Length)], id, offset, more));
        }

        return fragments;
    }

    public static byte[] Fragment(bool isIPv6, byte protocol, byte[] payload, ushort id, int offset, bool more) =>
        isIPv6 ? IPv6Fragment(protocol, payload, id, offset, more) : IPv4(protocol, payload, id, offset, more);

    public static byte[] U16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
