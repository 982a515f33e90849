using System.Buffers.Binary;
using DnsTunnel.Dnstap;
using DnsTunnel.Tests.Wire;

namespace DnsTunnel.Tests.Dnstap;

/// <summary>Writes dnstap streams by hand.</summary>
internal static class FrameStreamBuilder
{
    public static readonly byte[] ContentType = [.. "protobuf:dnstap.Dnstap"u8];

    public static readonly byte[] Start = Control(2, ContentType);
    public static readonly byte[] Stop = Control(3);
    public static readonly byte[] Ready = Control(4, ContentType);

    /// <summary>A file of these frames.</summary>
    public static byte[] File(params byte[][] frames) => [.. Start, .. frames.SelectMany(Data), .. Stop];

    public static byte[] Control(int type, byte[]? contentType = null)
    {
        byte[] body = [.. Number(type), .. contentType is null ? [] : (byte[])[.. Number(1), .. Number(contentType.Length), .. contentType]];
        return [0, 0, 0, 0, .. Number(body.Length), .. body];
    }

    public static byte[] Data(byte[] frame) => [.. Number(frame.Length), .. frame];

    /// <summary>A frame that 192.0.2.1 port 4000 and 192.0.2.53 port 53 take part in, so many seconds after 1970.</summary>
    public static byte[] Frame(DnstapType type, byte[]? query, byte[]? response, long seconds = 1000, int transport = 1) =>
    [
        .. Bytes(1, "ns1"u8),
        .. Bytes(14,
        [
            .. Varint(1, (int)type), .. Varint(2, 1), .. Varint(3, transport), .. Bytes(4, [192, 0, 2, 1]), .. Bytes(5, [192, 0, 2, 53]),
            .. Varint(6, 4000), .. Varint(7, 53), .. Varint(query is null ? 12 : 8, seconds), (byte)((query is null ? 13 : 9) << 3 | 5), 0x00, 0xe1, 0xf5, 0x05,
            .. query is null ? [] : Bytes(10, query), .. response is null ? [] : Bytes(14, response),
        ]),
        .. Varint(15, 1),
    ];

    /// <summary>A request for TXT, or the response that there is no such name.</summary>
    public static byte[] Message(ushort id, string name, bool response = false) =>
        (response ? MessageBuilder.Response(name, 16, id, code: 3) : MessageBuilder.Query(name, 16, id)).ToArray();

    public static byte[] Varint(int field, long value) => [.. Raw((ulong)field << 3), .. Raw((ulong)value)];

    public static byte[] Bytes(int field, ReadOnlySpan<byte> value) => [.. Raw((ulong)field << 3 | 2), .. Raw((ulong)value.Length), .. value];

    private static byte[] Raw(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
