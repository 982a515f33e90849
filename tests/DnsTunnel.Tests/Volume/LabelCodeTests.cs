using System.Text;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public class LabelCodeTests
{
    [Theory]
    [InlineData("www")]
    [InlineData("WWW")]
    [InlineData("_tcp")]
    [InlineData("autodiscover")]
    public void Common_labels_cost_a_byte_and_a_half(string label) => Assert.InRange(Bits(label), 1, 12);

    [Theory]
    [InlineData("marketing")]
    [InlineData("newsletter")]
    [InlineData("intern")]
    public void Words_cost_less_than_random_letters(string label) => Assert.InRange(Bits(label), 5, 9 + (0.9 * label.Length * Math.Log2(36)));

    /// <summary>Encodings of random bytes must never cost less than the bytes that are in them, nor much more.</summary>
    [Theory]
    [InlineData("hex")]
    [InlineData("HEX")]
    [InlineData("base32")]
    [InlineData("base32-lower")]
    [InlineData("base64")]
    [InlineData("decimal")]
    [InlineData("raw")]
    public void Encodings_cost_what_they_carry(string encoding)
    {
        var random = new Random(7);
        double carried = 0, cost = 0;
        for (var i = 0; i < 200; i++)
        {
            var data = new byte[30];
            random.NextBytes(data);
            var label = Encode(encoding, data, out var bits);
            carried += bits;
            cost += Bits(label);
        }

        Assert.InRange(cost / carried, 1.0, 1.25);
    }

    private static byte[] Encode(string encoding, byte[] data, out double bits)
    {
        bits = 8 * data.Length;
        switch (encoding)
        {
            case "hex":
                return Encoding.ASCII.GetBytes(Convert.ToHexString(data).ToLowerInvariant());
            case "HEX":
                return Encoding.ASCII.GetBytes(Convert.ToHexString(data));
            case "base64":
                return Encoding.ASCII.GetBytes(Convert.ToBase64String(data).Replace('/', '-'));
            case "raw":
                return data;
            case "decimal":
                bits = data.Length * Math.Log2(10);
                return [.. data.Select(b => (byte)('0' + (b % 10)))];
            default:
                bits = 5 * data.Length;
                var alphabet = encoding == "base32" ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" : "abcdefghijklmnopqrstuvwxyz012345";
                return [.. data.Select(b => (byte)alphabet[b & 31])];
        }
    }

    private static double Bits(string label) => Bits(Encoding.ASCII.GetBytes(label));

    private static double Bits(byte[] label) => (double)LabelCode.Cost(label) / LabelCode.Unit;
}
