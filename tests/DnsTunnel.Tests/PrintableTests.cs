namespace DnsTunnel.Tests;

public class PrintableTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("größer", "größer")]
    [InlineData("a\u001b[31mb", "a\\u001B[31mb")]
    [InlineData("a\r\nb", "a\\u000D\\u000Ab")]
    [InlineData("a\u202eb", "a\\u202Eb")]
    [InlineData("a\u2028b", "a\\u2028b")]
    public void Nothing_that_a_terminal_obeys_gets_through(string text, string expected) => Assert.Equal(expected, Printable.Text(text));

    [Fact]
    public void Long_text_is_cut() => Assert.True(Printable.Text(new string('x', 5000)).Length < 400);
}
