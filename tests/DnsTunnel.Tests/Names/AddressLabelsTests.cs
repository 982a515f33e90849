using DnsTunnel.Names;

namespace DnsTunnel.Tests.Names;

public sealed class AddressLabelsTests
{
    private const string Nibbles = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2";

    [Theory]
    [InlineData("4.3.2.1")]
    [InlineData("255.0.0.10")]
    [InlineData("4.3.2.1.more")]
    [InlineData(Nibbles)]
    [InlineData("1-2-3-4")]
    [InlineData("1.2.3.4.5.6.7.8.9.4")]
    [InlineData("ip-10-20-30-40.region")]
    [InlineData("host-1-2-3-4-static")]
    public void Labels_that_begin_with_an_address(string labels) => Assert.True(IsIn(labels));

    [Theory]
    [InlineData("")]
    [InlineData("4.3.2")]
    [InlineData("4.3.2.256")]
    [InlineData("4.3.2.1000")]
    [InlineData("4.3.x.1")]
    [InlineData("more.4.3.2.1")]
    [InlineData("1.2.3.4.5.6.7")]
    [InlineData("1-2-3")]
    [InlineData("1-2-3-256")]
    [InlineData("1-2-x-3-4")]
    [InlineData("1--2-3-4")]
    [InlineData("0123456789abcdef")]
    public void Labels_that_do_not(string labels) => Assert.False(IsIn(labels));

    [Fact]
    public void One_nibble_less_is_no_address() => Assert.False(IsIn(Nibbles[2..]));

    private static bool IsIn(string labels) => AddressLabels.AreIn(labels.Length == 0 ? [] : WireName.Of(labels).AsSpan()[..^1]);
}
