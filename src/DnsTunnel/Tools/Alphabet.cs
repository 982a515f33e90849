using System.Buffers;
using System.Text;

namespace DnsTunnel.Tools;

/// <summary>The sets of characters that tools write data with.</summary>
internal static class Alphabet
{
    public static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    public static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>RFC 4648, section 6, letter case ignored.</summary>
    public static readonly SearchValues<byte> Base32 = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ234567"u8);

    /// <summary>RFC 4648, section 4.</summary>
    public static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>Whether there is something, and nothing but these characters.</summary>
    public static bool IsAll(this ReadOnlySpan<byte> text, SearchValues<byte> characters) => !text.IsEmpty && text.IndexOfAnyExcept(characters) < 0;

    /// <summary>Letter case ignored.</summary>
    public static bool Same(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Ascii.EqualsIgnoreCase(a, b);

    /// <summary>A letter in lower case; digits as they are.</summary>
    public static byte Lower(byte character) => character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;

    /// <summary>A number of up to so many decimal digits.</summary>
    public static bool IsNumber(this ReadOnlySpan<byte> text, int longest) => text.Length <= longest && text.IsAll(Digits);
}
