using System.Text;
using DnsTunnel.Evidence.Payload;

namespace DnsTunnel.Tests.Evidence;

public sealed class BitAlphabetTests
{
    /// <summary>The vectors of RFC 4648, section 10, without padding.</summary>
    [Theory]
    [InlineData("base32", "MZXW6YTBOI", "foobar")]
    [InlineData("base32", "mzxw6yq", "foob")]
    [InlineData("base32hex", "CPNMUOJ1E8", "foobar")]
    [InlineData("base64", "Zm9vYmFy", "foobar")]
    [InlineData("base64", "Zm9vYg", "foob")]
    [InlineData("hexadecimal", "666F6f626172", "foobar")]
    public void Standard_vectors(string name, string text, string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(Alphabet(name).Decode(Encoding.ASCII.GetBytes(text))!));

    [Fact]
    public void Both_alphabets_of_base_64_may_be_mixed() =>
        Assert.Equal([0xFB, 0xFF, 0xBF, 0xFB, 0xFF, 0xBF], BitAlphabet.Base64.Decode("-_-/+/+/"u8)!);

    /// <summary>doc/proto_00000502.txt of iodine: version 0x00000502 begins with these characters.</summary>
    [Fact]
    public void Iodine_base_32() => Assert.Equal([0, 0, 5, 2], BitAlphabet.IodineBase32.Decode("aaaakaq"u8)![..4]);

    [Fact]
    public void Seven_bits_a_character()
    {
        // 1111111 0000000 1111111 ...: 9 (the last of the digits) is 61, byte 188 is 62 and byte 253 is 127.
        Assert.Equal([0b1111_1110, 0b0000_0011], BitAlphabet.IodineBase128.Decode([253, (byte)'a', 253])![..2]);
        Assert.Equal([0b0111_1100], BitAlphabet.IodineBase128.Decode([188, (byte)'a'])!);
    }

    [Theory]
    [InlineData("base32", "mzxw1")]
    [InlineData("base64", "Zm9v Yg")]
    [InlineData("hexadecimal", "0g")]
    [InlineData("hexadecimal", "")]
    public void What_is_not_of_the_alphabet_is_nothing(string name, string text) => Assert.Null(Alphabet(name).Decode(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("hexadecimal", 3, false)]
    [InlineData("hexadecimal", 4, true)]
    [InlineData("base32", 6, false)]
    [InlineData("base32", 7, true)]
    [InlineData("base64", 5, false)]
    [InlineData("base64", 6, true)]
    public void Some_lengths_come_of_no_bytes(string name, int length, bool expected) => Assert.Equal(expected, Alphabet(name).IsWhole(length));

    private static BitAlphabet Alphabet(string name) => name switch
    {
        "base32" => BitAlphabet.Base32,
        "base32hex" => BitAlphabet.Base32Hex,
        "base64" => BitAlphabet.Base64,
        _ => BitAlphabet.Hexadecimal,
    };
}
