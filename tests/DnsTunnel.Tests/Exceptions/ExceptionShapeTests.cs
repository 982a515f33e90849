using System.Diagnostics;
using System.Text;
using DnsTunnel.Exceptions;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests.Exceptions;

public sealed class ExceptionShapeTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "aa", false)]
    [InlineData("a|ab", "ab", true)]
    [InlineData("a|b", "xb", false)]
    [InlineData("a|b", "ax", false)]
    [InlineData("^a$|b", "bb", false)]
    [InlineData("[A-F]{2}", "ab", true)]
    [InlineData(@"\d+\.\d+", "1.2", true)]
    [InlineData(@"\d+", "1.2", false)]
    [InlineData("(?x) a b", "ab", true)]
    public void The_whole_text_has_to_match(string pattern, string text, bool expected) =>
        Assert.Equal(expected, ExceptionShape.Parse(pattern).IsMatch(Labels(text)));

    [Theory]
    [InlineData("(")]
    [InlineData("a)|(?:.*")]
    [InlineData("a)|(.*")]
    [InlineData("a)|.*|(?:b")]
    [InlineData("a)#(?x")]
    [InlineData("(?x)a #")]
    [InlineData("[")]
    [InlineData("(?<=a)b")]
    [InlineData(@"(a)\1")]
    [InlineData("(?>a+)b")]
    public void What_would_lose_its_anchors_or_its_speed_is_refused(string pattern) =>
        Assert.Throws<FormatException>(() => ExceptionShape.Parse(pattern));

    [Fact]
    public void A_pattern_has_a_greatest_length() => Assert.Throws<FormatException>(() => ExceptionShape.Parse(new string('a', 1001)));

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("a\n")]
    [InlineData("\0")]
    [InlineData("\x7F")]
    [InlineData("\x80")]
    [InlineData("\xFF")]
    [InlineData("\x1B[31m")]
    [InlineData(".")]
    [InlineData("a.b")]
    [InlineData("\\")]
    public void Bytes_that_no_text_shows_match_nothing(string label)
    {
        var bytes = Encoding.Latin1.GetBytes(label);
        var everything = ExceptionShape.Parse(@"(.|\n)*");

        Assert.False(everything.IsMatch([(byte)bytes.Length, .. bytes]));
        Assert.False(everything.IsMatch([1, (byte)'a', (byte)bytes.Length, .. bytes]));
        Assert.True(everything.IsMatch([1, (byte)'a']));
    }

    [Fact]
    public void Patterns_that_explode_elsewhere_take_linear_time()
    {
        var shape = ExceptionShape.Parse("(a+)+(a|b|ab)*(a*)*c");
        var labels = Labels(string.Join('.', Enumerable.Repeat(new string('a', 60), 4)));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++) Assert.False(shape.IsMatch(labels));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData(".*", true)]
    [InlineData(@"[a-z0-9.-]+", true)]
    [InlineData(@"([a-z0-9]{1,63}\.?)+", true)]
    [InlineData("[0-9a-f]{32}", false)]
    [InlineData(@"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20}){0,3}", false)]
    public void A_shape_that_lets_everything_through_is_known(string pattern, bool expected) =>
        Assert.Equal(expected, ExceptionShape.Parse(pattern).IsOpen);

    private static byte[] Labels(string text) => WireName.FromUtf8(text)[..^1];
}
