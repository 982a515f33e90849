using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Tests.Response;

public sealed class SoaSerialTests
{
    private static readonly DateOnly s_today = new(2026, 3, 9);

    [Theory]
    [InlineData(2026030701u, 2026030900u)] // by date: today's first
    [InlineData(2026030900u, 2026030901u)] // a second time on the day
    [InlineData(2026030999u, 2026031000u)] // a hundredth time runs into tomorrow
    [InlineData(2027010100u, 2027010101u)] // a clock that was ahead
    [InlineData(1u, 2u)] // a plain counter stays one
    [InlineData(1773000000u, 1773000001u)] // Unix time is no date
    [InlineData(2026130100u, 2026130101u)] // no such month
    [InlineData(2026023000u, 2026023001u)] // no such day
    [InlineData(0u, 1u)]
    [InlineData(2147483647u, 2147483648u)]
    [InlineData(uint.MaxValue, 1u)] // over the end, past 0
    public void Next_is_always_greater(uint current, uint expected)
    {
        var next = SoaSerial.Next(current, s_today);

        Assert.Equal(expected, next);
        Assert.True(SoaSerial.IsGreater(next, current));
    }

    [Theory]
    [InlineData(1u, 0u, true)]
    [InlineData(0u, 1u, false)]
    [InlineData(5u, 5u, false)]
    [InlineData(0u, uint.MaxValue, true)]
    [InlineData(0x7FFFFFFFu, 0u, true)]
    [InlineData(0x80000000u, 0u, false)]
    [InlineData(0u, 0x80000000u, false)]
    public void Comparison_follows_RFC_1982(uint left, uint right, bool expected) => Assert.Equal(expected, SoaSerial.IsGreater(left, right));

    [Fact]
    public void A_new_zone_counts_by_date() => Assert.Equal(2026030901u, SoaSerial.First(s_today));
}
