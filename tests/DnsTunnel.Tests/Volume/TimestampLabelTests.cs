using System.Text;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public sealed class TimestampLabelTests
{
    private static readonly long s_ticks = DateTime.UnixEpoch.AddSeconds(1_767_268_800).Ticks;

    [Theory]
    [InlineData("1767268800", true)]
    [InlineData("1767268800123", true)]
    [InlineData("1767182400", true)] // a day before
    [InlineData("1767182399", false)]
    [InlineData("1767355200", true)] // a day after
    [InlineData("1767355201", false)]
    [InlineData("176726880", false)]
    [InlineData("17672688001", false)]
    [InlineData("176726880x", false)]
    [InlineData("-767268800", false)]
    [InlineData("9999999999999", false)]
    [InlineData("", false)]
    public void A_label_is_the_time_of_its_query_within_a_day(string label, bool expected) =>
        Assert.Equal(expected, TimestampLabel.Is(Encoding.ASCII.GetBytes(label), s_ticks));

    [Fact]
    public void It_costs_less_than_its_digits() => Assert.True(TimestampLabel.Cost < LabelCode.Cost("1767268800"u8));
}
