using System.Numerics;

namespace DnsTunnel.Evidence.Payload;

/// <summary>An alphabet of 16, 32, 64 or 128 characters that writes bytes from the highest bit on (RFC 4648, section 3).</summary>
internal sealed class BitAlphabet
{
    private const sbyte None = -1;

    // "a to z, then 0 to 5" and the characters behind them: https://github.com/yarrick/iodine, src/base32.c, base64.c, base64u.c, base128.c.
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    private readonly sbyte[] _values = new sbyte[256];
    private readonly int _bits;

    private BitAlphabet(string name, string characters, bool ignoresCase = false, string alternatives = "")
    {
        Name = name;
        _bits = BitOperations.Log2((uint)characters.Length);
        Array.Fill(_values, None);
        for (var i = 0; i < characters.Length; i++)
        {
            _values[characters[i]] = (sbyte)i;
            if (ignoresCase) _values[char.ToUpperInvariant(characters[i])] = (sbyte)i;
        }

        for (var i = 0; i < alternatives.Length; i++) _values[alternatives[i]] = (sbyte)(characters.Length - alternatives.Length + i);
    }

    public static BitAlphabet Hexadecimal { get; } = new("hexadecimal", Digits + "abcdef", ignoresCase: true);

    public static BitAlphabet Base32 { get; } = new("base32", Lower + "234567", ignoresCase: true);

    /// <summary>RFC 4648, section 7.</summary>
    public static BitAlphabet Base32Hex { get; } = new("base32hex", Digits + "abcdefghijklmnopqrstuv", ignoresCase: true);

    /// <summary>RFC 4648, sections 4 and 5: names cannot always hold + and /, so tools mix both.</summary>
    public static BitAlphabet Base64 { get; } = new("base64", Upper + Lower + Digits + "+/", alternatives: "-_");

    public static BitAlphabet IodineBase32 { get; } = new("iodine base32", Lower + "012345", ignoresCase: true);

    public static BitAlphabet IodineBase64 { get; } = new("iodine base64", Lower + Upper + "-" + Digits + "+");

    public static BitAlphabet IodineBase64Url { get; } = new("iodine base64u", Lower + Upper + "_" + Digits + "-");

    public static BitAlphabet IodineBase128 { get; } =
        new("iodine base128", Lower + Upper + Digits + string.Concat(Enumerable.Range(188, 66).Select(value => (char)value)));

    public string Name { get; }

    /// <summary>The value of a character; -1 when it is none of the alphabet.</summary>
    public int ValueOf(byte character) => _values[character];

    public bool IsAll(ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            if (_values[character] == None) return false;
        }

        return !text.IsEmpty;
    }

    /// <summary>Whether so many characters can be whole bytes: the rest is less than a character.</summary>
    public bool IsWhole(int characters) => characters * _bits % 8 < _bits;

    /// <summary>The whole bytes; null when a character is none of the alphabet.</summary>
    public byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (!IsAll(text)) return null;
        var bytes = new byte[text.Length * _bits / 8];
        var (held, bits, length) = (0u, 0, 0);
        foreach (var character in text)
        {
            held = (held << _bits) | (byte)_values[character];
            bits += _bits;
            if (bits < 8) continue;
            bits -= 8;
            bytes[length++] = (byte)(held >> bits);
        }

        return bytes;
    }
}
