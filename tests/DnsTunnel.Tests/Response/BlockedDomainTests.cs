using DnsTunnel.Response;

namespace DnsTunnel.Tests.Response;

public sealed class BlockedDomainTests
{
    [Theory]
    [InlineData("Blocked.EXAMPLE", "blocked.example")]
    [InlineData("blocked.example.", "blocked.example")]
    [InlineData("t.evil.co.uk", "t.evil.co.uk")]
    [InlineData("a\\032b.example", "a\\032b.example")]
    [InlineData("*x.example", "*x.example")]
    public void Domains_are_taken_in_lower_case(string text, string expected) => Assert.Equal(expected, Hostile.Domain(text).Text);

    [Theory]
    [InlineData("", "DomainNotValid")]
    [InlineData(".", "DomainNotValid")]
    [InlineData("com", "DomainNotValid")]
    [InlineData("localhost", "DomainNotValid")]
    [InlineData("a..example", "DomainNotValid")]
    [InlineData("*.com", "DomainNotValid")] // all of com, in a zone file
    [InlineData("\\042.com", "DomainNotValid")]
    [InlineData("a.*.com", "DomainNotValid")]
    [InlineData("co.uk", "DomainIsPublicSuffix")]
    [InlineData("github.io", "DomainIsPublicSuffix")]
    public void What_would_hit_others_is_refused(string text, string error)
    {
        var exception = Assert.Throws<ResponseException>(() => Hostile.Domain(text));

        Assert.Equal(error, exception.Error.ToString());
        Assert.Contains($"'{text}'", exception.Message);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("com")]
    [InlineData("*.com")]
    public void Force_does_not_help(string text) =>
        Assert.Equal(ResponseError.DomainNotValid, Assert.Throws<ResponseException>(() => Hostile.Domain(text, force: true)).Error);

    [Fact]
    public void Force_allows_public_suffixes() => Assert.True(Hostile.Domain("co.uk", force: true).IsPublicSuffix);

    [Fact]
    public void Text_is_printable_whatever_the_bytes()
    {
        for (var value = 0; value <= 255; value++)
        {
            Assert.All(Hostile.Below($"a{(char)value}").Text, c => Assert.InRange(c, '!', '~'));
        }
    }

    [Fact]
    public void Messages_show_nothing_that_a_terminal_obeys()
    {
        var exception = Assert.Throws<ResponseException>(() => Hostile.Domain("\x1B[31m..\n" + new string('x', 5000)));

        Assert.All(exception.Message, c => Assert.InRange(c, ' ', '~'));
        Assert.InRange(exception.Message.Length, 1, 600);
    }
}
