using System.Buffers.Binary;

namespace DnsTunnel.Tests.Capture;

/// <summary>Bytes of a file under construction, in either byte order.</summary>
internal abstract class CaptureFileBuilder
{
    private readonly MemoryStream _bytes = new();

    protected bool BigEndian { get; set; }

    public byte[] ToArray() => _bytes.ToArray();

    protected void Append(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    protected byte[] UInt16(int value)
    {
        var bytes = new byte[sizeof(ushort)];
        if (BigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    protected byte[] UInt32(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        if (BigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    protected byte[] Int64(long value)
    {
        var bytes = new byte[sizeof(long)];
        if (BigEndian) BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        else BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
