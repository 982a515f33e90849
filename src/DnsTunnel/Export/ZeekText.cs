using System.Buffers;
using System.Globalization;
using DnsTunnel.Names;

namespace DnsTunnel.Export;

/// <summary>
/// Values as Zeek's ASCII writer escapes them: \xHH, and \\ for the backslash. Every byte but printable ASCII is escaped, so that no
/// name can end a field or a line, and what a value is not ("-", "(empty)") is never what it looks like.
/// </summary>
internal static class ZeekText
{
    public const byte Separator = (byte)'\t';
    public const byte SetSeparator = (byte)',';

    private static readonly SearchValues<char> s_plainName = SearchValues.Create("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static ReadOnlySpan<byte> Unset => "-"u8;

    private static ReadOnlySpan<byte> Empty => "(empty)"u8;

    /// <summary>A query name from its text: the octets of its labels, with dots inside a label escaped too.</summary>
    public static void WriteName(ArrayBufferWriter<byte> line, string name)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        if (!name.AsSpan().ContainsAnyExcept(s_plainName) || !DnsName.TryParse(name, wire, out var length))
        {
            WriteText(line, name);
            return;
        }
        Span<byte> escaped = stackalloc byte[DnsName.MaxWireLength * 4];
        var end = 0;
        var rest = (ReadOnlySpan<byte>)wire[..length];
        while (DnsName.TryReadLabel(ref rest, out var label))
        {
            if (end > 0) escaped[end++] = (byte)'.';
            foreach (var value in label) end += Escape(value, value == '.' || (end == 0 && value is (byte)'-' or (byte)'('), escaped[end..]);
        }
        line.Write(escaped[..end]);
    }

    /// <summary>Any text; null is a value that is not set.</summary>
    public static void WriteText(ArrayBufferWriter<byte> line, string? text) => WriteText(line, text, element: false);

    /// <summary>The elements of a vector; none is a vector that is not set.</summary>
    public static void WriteVector(ArrayBufferWriter<byte> line, string[] elements)
    {
        if (elements.Length == 0) line.Write(Unset);
        for (var i = 0; i < elements.Length; i++)
        {
            if (i > 0) line.Write([SetSeparator]);
            WriteText(line, elements[i], element: true);
        }
    }

    public static void WriteNumber(ArrayBufferWriter<byte> line, long number)
    {
        var span = line.GetSpan(20);
        number.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        line.Advance(written);
    }

    private static void WriteText(ArrayBufferWriter<byte> line, string? text, bool element)
    {
        if (text is null)
        {
            line.Write(Unset);
            return;
        }
        if (text.Length == 0)
        {
            line.Write(Empty);
            return;
        }
        var isMark = text is "-" or "(empty)";
        // Four for each of up to three bytes of UTF-8 a character.
        var span = line.GetSpan(text.Length * 12);
        var end = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                end += Escape(value, (element && value == SetSeparator) || (isMark && end == 0), span[end..]);
            }
        }
        line.Advance(end);
    }

    private static int Escape(byte value, bool force, Span<byte> destination)
    {
        if (value == '\\')
        {
            destination[0] = destination[1] = value;
            return 2;
        }
        if (!force && value is >= 0x20 and < 0x7F)
        {
            destination[0] = value;
            return 1;
        }
        destination[0] = (byte)'\\';
        destination[1] = (byte)'x';
        destination[2] = (byte)"0123456789abcdef"[value >> 4];
        destination[3] = (byte)"0123456789abcdef"[value & 15];
        return 4;
    }
}
