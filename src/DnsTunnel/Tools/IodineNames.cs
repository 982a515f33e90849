using System.Buffers;

namespace DnsTunnel.Tools;

/// <summary>
/// Names of iodine 0.6 and later (protocol 0x502): https://github.com/yarrick/iodine, doc/proto_00000502.txt, src/client.c, src/encoding.c
/// and src/base32.c. Its base 32 is a to z and 0 to 5, and it puts a dot after every 57 characters of data.
/// </summary>
internal static class IodineNames
{
    private const int HeaderLength = 5;
    private const int FullLabel = 57;

    private static readonly SearchValues<byte> s_base32 = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345"u8);

    /// <summary>Characters of base 64 (with + or _) and below 128 of base 128; those above are 188 to 253.</summary>
    private static readonly SearchValues<byte> s_data = SearchValues.Create(
        [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+_"u8, .. Enumerable.Range(188, 66).Select(i => (byte)i)]);

    private static ReadOnlySpan<byte> DigitPattern => [(byte)'a', (byte)'A', (byte)'0', (byte)'1', (byte)'2', (byte)'3', (byte)'4', (byte)'5', (byte)'6', (byte)'7', (byte)'8', (byte)'9', 188];

    private static ReadOnlySpan<byte> HighPattern => [(byte)'a', (byte)'A', 208, 209, 210, 211];

    /// <summary>z, a counter, and one of the patterns that show which bytes come through.</summary>
    public static bool IsCodecTest(in AskedName name)
    {
        var first = name[0];
        if (first.Length <= 4 || Alphabet.Lower(first[0]) != 'z' || !first[1..4].IsAll(s_base32)) return false;
        var pattern = first[4..];
        return pattern.StartsWith("aA-Aaahhh-Drink-mal-ein-J"u8)
            || pattern.StartsWith("aA-La-fl"u8)
            || pattern.StartsWith("aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpP"u8)
            || pattern.StartsWith(DigitPattern)
            || pattern.StartsWith(HighPattern);
    }

    /// <summary>v and the bytes 0, 0, 5, 2 and a counter.</summary>
    public static bool IsVersion(in AskedName name)
    {
        var first = name[0];
        return first.Length == 11
            && Alphabet.Same(first[..7], "vaaaaka"u8)
            && Alphabet.Lower(first[7]) is >= (byte)'q' and <= (byte)'x'
            && first[8..].IsAll(s_base32);
    }

    public static bool IsSizeProbe(in AskedName name)
    {
        var first = name[0];
        return first.Length == HeaderLength + FullLabel
            && Alphabet.Lower(first[0]) == 'r'
            && first[1..4].IsAll(s_base32)
            && Alphabet.Lower(first[4]) == 'd'
            && first[HeaderLength..].IsAll(s_data)
            && !name[1].IsEmpty;
    }

    /// <summary>p, and four bytes in base 32: a user under 16, so a or b comes first, and the last character holds two bits.</summary>
    public static bool IsPing(in AskedName name)
    {
        var first = name[0];
        return first.Length == 8
            && Alphabet.Lower(first[0]) == 'p'
            && Alphabet.Lower(first[1]) is (byte)'a' or (byte)'b'
            && first[2..].IsAll(s_base32)
            && Alphabet.Lower(first[7]) is (byte)'a' or (byte)'i' or (byte)'q' or (byte)'y';
    }

    /// <summary>
    /// The user in hexadecimal, three characters of base 32 and a counter. That alone says little, so the data must be that of a first
    /// fragment (zlib, at its best compression: the bytes 78 DA), fill a label, or hold bytes of base 128.
    /// </summary>
    public static bool IsData(in AskedName name)
    {
        var first = name[0];
        if (first.Length <= HeaderLength || !Alphabet.Hexadecimal.Contains(first[0]) || !first[1..4].IsAll(s_base32) || !char.IsAsciiLetterOrDigit((char)first[4])) return false;
        var data = first[HeaderLength..];
        if (!data.IsAll(s_data)) return false;
        if (data.IndexOfAnyInRange((byte)188, (byte)253) >= 0) return true;
        var fragment = ((Value(first[1]) & 3) << 2) | (Value(first[2]) >> 3);
        if (fragment == 0) return data.StartsWith("82"u8) || data.StartsWith("En"u8) || (data.Length > 2 && Alphabet.Same(data[..2], "pd"u8));
        return data.Length == FullLabel && name[1].Length is > 0 and <= FullLabel;
    }

    private static int Value(byte character)
    {
        var lower = Alphabet.Lower(character);
        return lower >= 'a' ? lower - 'a' : lower - '0' + 26;
    }
}
