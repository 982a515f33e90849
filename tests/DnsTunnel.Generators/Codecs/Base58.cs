using System.Numerics;

namespace DnsTunnel.Generators.Codecs;

/// <summary>Bytes as one number in base 58, without the look-alike characters 0, O, I and l.</summary>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new List<char>(bytes.Length * 2);
        for (var value = new BigInteger(bytes, isUnsigned: true, isBigEndian: true); !value.IsZero; value /= Alphabet.Length) text.Insert(0, Alphabet[(int)(value % Alphabet.Length)]);
        return new([.. text]);
    }
}
