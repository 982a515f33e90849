using DnsTunnel.Response.Domains;

namespace DnsTunnel.Tests.Response;

public sealed class PlainNameTests
{
    [Theory]
    [InlineData("blocked.example", "blocked.example")]
    [InlineData("_Under-Score9.Example", "_under-score9.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void Plain_names_are_themselves(string name, string expected) => Assert.Equal(expected, PlainName.Encode(Hostile.Domain(name), "x"));
}
