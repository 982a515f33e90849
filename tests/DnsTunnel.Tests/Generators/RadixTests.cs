using System.Text;
using DnsTunnel.Generators.Codecs;

namespace DnsTunnel.Tests.Generators;

public sealed class RadixTests
{
    // RFC 4648 section 10, without padding and in lower case where it has one.
    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("f", "66", "my", "Zg")]
    [InlineData("foob", "666f6f62", "mzxw6yq", "Zm9vYg")]
    [InlineData("foobar", "666f6f626172", "mzxw6ytboi", "Zm9vYmFy")]
    public void Encode_TestVectors_AreThoseOfTheStandard(string text, string hex, string base32, string base64)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal((hex, base32, base64), (Radix.Hex.Encode(bytes), Radix.Base32.Encode(bytes), Radix.Base64.Encode(bytes)));
    }

    [Fact]
    public void Decode_EveryAlphabet_GivesTheBytesBack()
    {
        var random = new Random(1);
        foreach (var radix in (Radix[])[Radix.Hex, Radix.Base32, Radix.Base64, Radix.Base64Url, Radix.Iodine32, Radix.Iodine64, Radix.Iodine128])
        {
            for (var length = 0; length < 40; length++)
            {
                var bytes = new byte[length];
                random.NextBytes(bytes);
                var text = radix.Encode(bytes);
                Assert.Equal(radix.LengthOf(length), text.Length);
                Assert.Equal(bytes, radix.Decode(text));
            }
        }
    }

    [Fact]
    public void Decode_ForeignCharacter_Throws() => Assert.Throws<FormatException>(() => Radix.Hex.Decode("0g"));

    // The draft of base 58 (draft-msporny-base58) has this one.
    [Fact]
    public void Base58_TestVector_IsThatOfTheDraft() => Assert.Equal("2NEpo7TZRRrLZSi2U", Base58.Encode("Hello World!"u8));

    [Fact]
    public void Words_AllBytes_ComeBack()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Assert.Equal(bytes, Words.Decode(Words.Encode(bytes, "-"), "-"));
    }
}
