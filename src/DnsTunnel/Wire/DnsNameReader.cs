using DnsTunnel.Names;

namespace DnsTunnel.Wire;

/// <summary>Reads names with compression pointers (RFC 1035, section 4.1.4).</summary>
internal static class DnsNameReader
{
    /// <summary>
    /// Real names need two or three pointers; .NET's own resolver and BIND stop at similar counts. The limit and the rule that
    /// each pointer goes further back bound the work a hostile message can cause.
    /// </summary>
    private const int MaxPointers = 16;

    private const int HeaderLength = 12;

    /// <summary>
    /// Copies the name at <paramref name="offset"/> to <paramref name="wire"/> (at least 255 bytes) in uncompressed wire form and
    /// moves the offset past it. An empty <paramref name="wire"/> checks the name only.
    /// </summary>
    public static DnsReadStatus TryRead(ReadOnlySpan<byte> message, ref int offset, Span<byte> wire, out int length)
    {
        var end = offset;
        while ((uint)end < (uint)message.Length && message[end] is > 0 and <= DnsName.MaxLabelLength) end += 1 + message[end];
        length = end + 1 - offset;
        if ((uint)end >= (uint)message.Length || message[end] != 0 || length > DnsName.MaxWireLength) return TryReadLabels(message, ref offset, wire, out length);
        // Questions have no pointers: their names are copied whole.
        if (!wire.IsEmpty) message.Slice(offset, length).CopyTo(wire);
        offset = end + 1;
        return DnsReadStatus.Ok;
    }

    private static DnsReadStatus TryReadLabels(ReadOnlySpan<byte> message, ref int offset, Span<byte> wire, out int length)
    {
        length = 0;
        var position = offset;
        var sectionStart = offset;
        var end = -1;
        var pointers = 0;
        while (true)
        {
            if ((uint)position >= (uint)message.Length) return DnsReadStatus.NameTruncated;
            int labelLength = message[position];
            switch (labelLength & 0xC0)
            {
                case 0x00:
                    if (position + 1 + labelLength > message.Length) return DnsReadStatus.NameTruncated;
                    if (length + 1 + labelLength > DnsName.MaxWireLength) return DnsReadStatus.NameTooLong;
                    if (!wire.IsEmpty) message.Slice(position, 1 + labelLength).CopyTo(wire[length..]);
                    length += 1 + labelLength;
                    position += 1 + labelLength;
                    if (labelLength != 0) break;
                    offset = end < 0 ? position : end;
                    return DnsReadStatus.Ok;

                case 0xC0:
                    if (position + 2 > message.Length) return DnsReadStatus.NameTruncated;
                    var target = ((labelLength & 0x3F) << 8) | message[position + 1];
                    if (target >= sectionStart || target < HeaderLength) return DnsReadStatus.BadPointer;
                    if (++pointers > MaxPointers) return DnsReadStatus.TooManyPointers;
                    if (end < 0) end = position + 2;
                    position = sectionStart = target;
                    break;

                default:
                    return DnsReadStatus.ReservedLabelType;
            }
        }
    }
}
