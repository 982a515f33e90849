using DnsTunnel.Names;

namespace DnsTunnel.Tests.Names;

public sealed class DnsNameTests
{
    private static readonly string s_label = new('a', 63);
    private static readonly string s_longestName = string.Join('.', s_label, s_label, s_label, new string('b', 61));

    [Theory]
    [InlineData(".", "00")]
    [InlineData("a", "016100")]
    [InlineData("a.", "016100")]
    [InlineData("Www.Example", "0357777707" + "4578616D706C65" + "00")]
    [InlineData(@"\000\255.b", "0200FF" + "0162" + "00")]
    [InlineData(@"a\.b.c", "03612E62" + "0163" + "00")]
    [InlineData(@"a\\", "02615C00")]
    [InlineData(@"a\..", "02612E00")]
    [InlineData(@"\@\a", "02406100")]
    [InlineData("a b_-", "056120625F2D00")]
    [InlineData("公司.cn", "0A786E2D2D35357178356402636E00")]
    [InlineData("公司。cn", "0A786E2D2D35357178356402636E00")]
    [InlineData("BÜCHER", "0D786E2D2D62636865722D6B766100")]
    [InlineData(@"\065ü", "0341C3BC00")]
    [InlineData(@"\ü", "02C3BC00")]
    public void TryParse_Name_GivesWireForm(string text, string hex) => Assert.Equal(hex, Convert.ToHexString(WireName.Of(text)));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a..")]
    [InlineData(@"\")]
    [InlineData(@"a.\")]
    [InlineData(@"\1")]
    [InlineData(@"\12")]
    [InlineData(@"\1a2")]
    [InlineData(@"\256")]
    [InlineData(@"\065..b")]
    [InlineData("ü..b")]
    [InlineData("。a")]
    public void TryParse_NoName_IsFalse(string text) => Assert.False(DnsName.TryParse(text, new byte[DnsName.MaxWireLength], out _));

    // Not in the table: attributes are stored as UTF-8, which has no lone surrogates.
    [Fact]
    public void TryParse_LoneSurrogate_IsFalse() => Assert.False(DnsName.TryParse("a\uD800b", new byte[DnsName.MaxWireLength], out _));

    [Theory]
    [InlineData("a")]
    [InlineData(@"\097")]
    public void TryParse_LongLabelsAndNames_AreFalseBeyondTheLimit(string first)
    {
        Assert.Equal(DnsName.MaxWireLength, WireName.Of(first + s_longestName[1..]).Length);
        Assert.Equal(DnsName.MaxWireLength, WireName.Of(first + s_longestName[1..] + ".").Length);
        Assert.False(DnsName.TryParse(first + s_longestName, new byte[300], out _));
        Assert.False(DnsName.TryParse(first + s_longestName[1..] + "b", new byte[300], out _));
        Assert.False(DnsName.TryParse(first + s_label, new byte[300], out _));
    }

    [Theory]
    [InlineData("abc", 5)]
    [InlineData(@"a\098c", 5)]
    [InlineData("ü", 5)]
    public void TryParse_SmallDestination_IsFalse(string text, int size)
    {
        for (var length = 0; length < size; length++)
        {
            // The A-label may not fit where the UTF-8 does.
            if (DnsName.TryParse(text, new byte[length], out var written)) Assert.True(written <= length);
        }
        Assert.False(DnsName.TryParse(text, new byte[3], out _));
    }

    [Theory]
    [InlineData("00", ".")]
    [InlineData("", ".")]
    [InlineData("0357777703436F4D00", "Www.CoM")]
    [InlineData("0361002000", @"a\000\032")]
    [InlineData("047F80FF2100", @"\127\128\255!")]
    [InlineData("03612E620163" + "00", @"a\.b.c")]
    [InlineData("015C00", @"\\")]
    [InlineData("012E" + "012E" + "00", @"\..\.")]
    [InlineData("0161", "a")]
    [InlineData("0161" + "0562", "a")]
    [InlineData("0161" + "C00C", "a")]
    public void ToText_Wire_GivesText(string hex, string text)
    {
        var wire = Convert.FromHexString(hex);
        Assert.Equal(text, DnsName.ToText(wire));
        Span<char> buffer = stackalloc char[DnsName.MaxTextLength];
        Assert.Equal(text, buffer[..DnsName.WriteText(wire, buffer)]);
        Assert.Throws<ArgumentException>(() => DnsName.WriteText(wire, new char[text.Length - 1]));
    }

    [Fact]
    public void ToText_LongestEscapedName_Fits()
    {
        var wire = WireName.FromLabels(new[] { 63, 63, 63, 61 }.Select(length => new byte[length]));
        Assert.Equal(DnsName.MaxTextLength, DnsName.ToText(wire).Length);
        Assert.Equal(wire, WireName.Of(DnsName.ToText(wire)));
    }

    [Theory]
    [InlineData(".", 0)]
    [InlineData("com", 1)]
    [InlineData(@"a\.b.example.com", 3)]
    public void LabelCount_Name_CountsLabels(string text, int count) => Assert.Equal(count, DnsName.LabelCount(WireName.Of(text)));

    [Fact]
    public void ToLower_EveryByteAtEveryPlace_LowersOnlyCapitals()
    {
        for (var length = 1; length <= 40; length++)
        {
            for (var value = 0; value < 256; value++)
            {
                var wire = Enumerable.Repeat((byte)value, length).ToArray();
                var expected = value is >= 'A' and <= 'Z' ? (byte)(value + 32) : (byte)value;
                var copy = new byte[length + 1];
                DnsName.ToLower(wire, copy);
                Assert.Equal([.. Enumerable.Repeat(expected, length), 0], copy);
                DnsName.ToLower(wire, wire);
                Assert.Equal(copy[..length], wire);
            }
        }
    }

    [Fact]
    public void EqualsIgnoreCase_OneByteDiffers_IsEqualOnlyForCase()
    {
        for (var length = 1; length <= 40; length++)
        {
            for (var place = 0; place < length; place++)
            {
                var (left, right) = (Enumerable.Repeat((byte)'Q', length).ToArray(), Enumerable.Repeat((byte)'Q', length).ToArray());
                right[place] = (byte)'q';
                Assert.True(DnsName.EqualsIgnoreCase(left, right));
                right[place] = (byte)'p';
                Assert.False(DnsName.EqualsIgnoreCase(left, right));
                // '[' and '{' are 32 apart like letters, but are none.
                (left[place], right[place]) = ((byte)'[', (byte)'{');
                Assert.False(DnsName.EqualsIgnoreCase(left, right));
            }
        }
        Assert.False(DnsName.EqualsIgnoreCase("\u0001a\0"u8, "\u0001a"u8));
    }
}
