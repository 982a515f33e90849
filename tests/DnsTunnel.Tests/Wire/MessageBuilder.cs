using System.Buffers.Binary;
using System.Text;

namespace DnsTunnel.Tests.Wire;

/// <summary>Writes DNS messages byte by byte, right or wrong.</summary>
internal sealed class MessageBuilder
{
    private readonly List<byte> _bytes = new(new byte[12]);

    public int Length => _bytes.Count;

    public static MessageBuilder Query(string name, ushort type = 1, ushort id = 0x1234) =>
        new MessageBuilder().Header(id, 0x0100).Question(name, type);

    public static MessageBuilder Response(string name, ushort type = 1, ushort id = 0x1234, int code = 0) =>
        new MessageBuilder().Header(id, (ushort)(0x8180 | code)).Question(name, type);

    public MessageBuilder Header(ushort id, ushort flags) => Set(0, id).Set(2, flags);

    public MessageBuilder Question(string name, ushort type = 1, ushort @class = 1) => Count(4).Name(name).U16(type).U16(@class);

    /// <summary>A record whose owner is a pointer to the first question.</summary>
    public MessageBuilder Answer(ushort type, params byte[] data) => Count(6).Record(type, data);

    public MessageBuilder Additional(ushort type, params byte[] data) => Count(10).Record(type, data);

    public MessageBuilder Name(string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries)) Bytes((byte)label.Length).Bytes(Encoding.Latin1.GetBytes(label));
        return Bytes(0);
    }

    public MessageBuilder U16(int value) => Bytes((byte)(value >> 8), (byte)value);

    public MessageBuilder Bytes(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Overwrites a 16-bit field of the header.</summary>
    public MessageBuilder Set(int offset, ushort value)
    {
        (_bytes[offset], _bytes[offset + 1]) = ((byte)(value >> 8), (byte)value);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private MessageBuilder Record(ushort type, byte[] data) =>
        Bytes(0xC0, 12).U16(type).U16(1).Bytes(0, 0, 0, 60).U16(data.Length).Bytes(data);

    /// <summary>Adds one to a count of the header.</summary>
    private MessageBuilder Count(int offset)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(_bytes.ToArray().AsSpan(offset));
        return Set(offset, (ushort)(count + 1));
    }
}
