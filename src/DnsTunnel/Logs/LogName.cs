using System.Buffers.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Logs;

/// <summary>Names as logs write them, to wire form. Bytes outside ASCII are octets of the wire: no log writes U-labels for A-labels.</summary>
internal static class LogName
{
    /// <param name="text">Labels and dots, with or without the final dot.</param>
    /// <param name="escapes">How the log writes other bytes.</param>
    /// <param name="wire">Room for <see cref="DnsName.MaxWireLength"/> bytes.</param>
    /// <param name="length">Bytes written.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, LogEscapes escapes, Span<byte> wire, out int length)
    {
        length = 0;
        if (text.IsEmpty) return false;
        if (TryReadPlain(text, wire, out length)) return true;
        if (text is [(byte)'.']) text = default;
        var (start, end) = (0, 1);
        while (!text.IsEmpty)
        {
            var value = text[0];
            // A dot inside a label is written bare by logs without escapes; an empty label gives it away. The name must not be lost for it.
            if (value == '.' && end > start + 1 && text is not [_, (byte)'.', ..])
            {
                if (!TryClose(wire, start, end)) return false;
                text = text[1..];
                start = end++;
                continue;
            }
            text = value == '\\' ? text[Unescape(text, escapes, out value)..] : text[1..];
            // One byte stays for the empty label at the end.
            if (end >= DnsName.MaxWireLength - 1) return false;
            wire[end++] = value;
        }
        if (end > start + 1)
        {
            if (!TryClose(wire, start, end)) return false;
            start = end++;
        }
        wire[start] = 0;
        length = end;
        return true;
    }

    /// <summary>The usual name, of labels without escapes or stray dots, in one move; the lengths go where the dots were.</summary>
    private static bool TryReadPlain(ReadOnlySpan<byte> text, Span<byte> wire, out int length)
    {
        length = 0;
        if (text[^1] == '.') text = text[..^1];
        if (text.IsEmpty || text.Length > DnsName.MaxWireLength - 2 || text.Contains((byte)'\\')) return false;
        text.CopyTo(wire[1..]);
        for (var start = 0; start <= text.Length;)
        {
            var size = text[start..].IndexOf((byte)'.');
            if (size < 0) size = text.Length - start;
            if (size is 0 or > DnsName.MaxLabelLength) return false;
            wire[start] = (byte)size;
            start += 1 + size;
        }
        length = text.Length + 2;
        wire[length - 1] = 0;
        return true;
    }

    /// <summary>Reads what begins with a backslash, and returns how many bytes of the text it is.</summary>
    public static int Unescape(ReadOnlySpan<byte> text, LogEscapes escapes, out byte value)
    {
        value = (byte)'\\';
        if (text.Length < 2 || escapes == LogEscapes.None) return 1;
        switch (escapes)
        {
            case LogEscapes.Hexadecimal:
                if (text[1] == '\\') return 2;
                if (text.Length < 4 || text[1] != 'x') return 1;
                if (Utf8Parser.TryParse(text.Slice(2, 2), out value, out var read, 'x') && read == 2) return 4;
                value = (byte)'\\';
                return 1;
            case LogEscapes.Octal when TryDigits(text, 8, out value):
            case LogEscapes.Decimal when TryDigits(text, 10, out value):
                return 4;
            default:
                value = text[1];
                return 2;
        }
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, int radix, out byte value)
    {
        value = 0;
        if (text.Length < 4) return false;
        var number = 0;
        foreach (var digit in text.Slice(1, 3))
        {
            if ((uint)(digit - '0') >= radix) return false;
            number = number * radix + digit - '0';
        }
        value = (byte)number;
        return number <= byte.MaxValue;
    }

    private static bool TryClose(Span<byte> wire, int start, int end)
    {
        var length = end - start - 1;
        if (length is 0 or > DnsName.MaxLabelLength || end >= DnsName.MaxWireLength) return false;
        wire[start] = (byte)length;
        return true;
    }
}
