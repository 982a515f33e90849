using System.Buffers;
using System.Text;

namespace DnsTunnel.Names;

/// <summary>Names from text (RFC 1035, section 5.1) to wire form.</summary>
internal ref struct DnsNameParser
{
    // The full stops that IDNA takes for a dot (RFC 3490, section 3.1).
    private const string WideDots = "\u3002\uFF0E\uFF61";

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<byte> _wire;
    private int _position;
    private int _length;

    private DnsNameParser(ReadOnlySpan<char> text, Span<byte> wire)
    {
        _text = text;
        _wire = wire;
    }

    /// <summary>See <see cref="DnsName.TryParse"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> wire, out int length)
    {
        length = 0;
        if (wire.Length > DnsName.MaxWireLength) wire = wire[..DnsName.MaxWireLength];
        if (text.IsEmpty || wire.IsEmpty) return false;
        if (text is ".")
        {
            wire[0] = 0;
            length = 1;
            return true;
        }
        if (Ascii.IsValid(text) && !text.Contains('\\')) return TryParsePlain(text, wire, out length);

        var parser = new DnsNameParser(text, wire);
        if (!parser.TryParse()) return false;
        length = parser._length;
        return true;
    }

    /// <summary>The dots of plain text stand where the wire form has its lengths: it is narrowed in one go, then the lengths are set.</summary>
    private static bool TryParsePlain(ReadOnlySpan<char> text, Span<byte> wire, out int length)
    {
        length = 0;
        if (text[^1] == '.') text = text[..^1];
        if (text.Length + 2 > wire.Length) return false;

        Ascii.FromUtf16(text, wire[1..], out _);
        var end = text.Length + 1;
        for (var start = 0; start < end;)
        {
            var label = wire[(start + 1)..end].IndexOf((byte)'.');
            if (label < 0) label = end - start - 1;
            if (label is 0 or > DnsName.MaxLabelLength) return false;
            wire[start] = (byte)label;
            start += 1 + label;
            if (start == end - 1) return false;
        }
        wire[end] = 0;
        length = end + 1;
        return true;
    }

    private bool TryParse()
    {
        while (_position < _text.Length)
        {
            if (!TryParseLabel()) return false;
        }
        if (_length >= _wire.Length) return false;
        _wire[_length++] = 0;
        return true;
    }

    private bool TryParseLabel()
    {
        var (first, start) = (_position, _length);
        var (escapes, unicode) = (false, false);
        if (_length++ >= _wire.Length) return false;
        while (_position < _text.Length)
        {
            var character = _text[_position];
            if (character == '.' || WideDots.Contains(character)) break;
            if (character == '\\')
            {
                escapes = true;
                if (!TryParseEscape()) return false;
                continue;
            }
            unicode |= character >= 0x80;
            if (!TryWriteRune()) return false;
        }

        // Octets given by number are octets on the wire: only text without them is an internationalised label.
        if (unicode && !escapes) WriteAscii(_text[first.._position], start);
        _position++;
        if (_length - start - 1 is 0 or > DnsName.MaxLabelLength) return false;
        _wire[start] = (byte)(_length - start - 1);
        return true;
    }

    private bool TryParseEscape()
    {
        var rest = _text[++_position..];
        if (rest.IsEmpty) return false;
        if (!char.IsAsciiDigit(rest[0])) return TryWriteRune();

        if (rest.Length < 3 || !char.IsAsciiDigit(rest[1]) || !char.IsAsciiDigit(rest[2])) return false;
        var value = (rest[0] - '0') * 100 + (rest[1] - '0') * 10 + rest[2] - '0';
        if (value > byte.MaxValue || _length >= _wire.Length) return false;
        _wire[_length++] = (byte)value;
        _position += 3;
        return true;
    }

    private bool TryWriteRune()
    {
        if (Rune.DecodeFromUtf16(_text[_position..], out var rune, out var read) != OperationStatus.Done) return false;
        if (!rune.TryEncodeToUtf8(_wire[_length..], out var written)) return false;
        _position += read;
        _length += written;
        return true;
    }

    /// <summary>Puts the A-label in place of the label's UTF-8; leaves that where there is no A-label.</summary>
    private void WriteAscii(ReadOnlySpan<char> label, int start)
    {
        if (Idna.ToAscii(label.ToString()) is not { Length: > 0 and <= DnsName.MaxLabelLength } ascii || ascii.Contains('.')) return;
        if (Encoding.ASCII.TryGetBytes(ascii, _wire[(start + 1)..], out var written)) _length = start + 1 + written;
    }
}
