namespace DnsTunnel.Generators.Codecs;

/// <summary>Bytes as text over an alphabet of two to the power n characters, most significant bits first, without padding.</summary>
internal sealed class Radix
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private readonly string _alphabet;
    private readonly int _bits;

    public Radix(string alphabet)
    {
        _alphabet = alphabet;
        _bits = int.Log2(alphabet.Length);
        if (1 << _bits != alphabet.Length) throw new ArgumentException("The alphabet's length is no power of two.", nameof(alphabet));
    }

    public static Radix Hex { get; } = new("0123456789abcdef");

    /// <summary>RFC 4648 section 6.</summary>
    public static Radix Base32 { get; } = new(Letters + "234567");

    /// <summary>RFC 4648 section 5.</summary>
    public static Radix Base64Url { get; } = new(Letters.ToUpperInvariant() + Letters + "0123456789-_");

    /// <summary>RFC 4648 section 4.</summary>
    public static Radix Base64 { get; } = new(Letters.ToUpperInvariant() + Letters + "0123456789+/");

    public static Radix Iodine32 { get; } = new(Letters + "012345");

    public static Radix Iodine64 { get; } = new(Letters + Letters.ToUpperInvariant() + "-0123456789+");

    /// <summary>Letters, digits and the bytes from octal 274 to 375.</summary>
    public static Radix Iodine128 { get; } = new(Letters + Letters.ToUpperInvariant() + "0123456789"
        + string.Concat(Enumerable.Range(0xBC, 66).Select(value => (char)value)));

    /// <summary>The characters that hold this many bytes.</summary>
    public int LengthOf(int bytes) => (bytes * 8 + _bits - 1) / _bits;

    public string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[LengthOf(bytes.Length)];
        var (held, count, at) = (0, 0, 0);
        foreach (var value in bytes)
        {
            held = held << 8 | value;
            for (count += 8; count >= _bits; count -= _bits) text[at++] = _alphabet[held >> (count - _bits) & (_alphabet.Length - 1)];
            held &= (1 << count) - 1;
        }
        if (count > 0) text[at] = _alphabet[held << (_bits - count) & (_alphabet.Length - 1)];
        return new(text);
    }

    public byte[] Decode(string text)
    {
        var bytes = new byte[text.Length * _bits / 8];
        var (held, count, at) = (0, 0, 0);
        foreach (var character in text)
        {
            var digit = _alphabet.IndexOf(character);
            if (digit < 0) throw new FormatException($"'{character}' is not in the alphabet.");
            held = held << _bits | digit;
            count += _bits;
            if (count < 8) continue;
            count -= 8;
            bytes[at++] = (byte)(held >> count);
            held &= (1 << count) - 1;
        }
        return bytes;
    }
}
