using System.Globalization;

namespace DnsTunnel.Tests.Detection;

/// <summary>Counters, time stamps and labels that come again say little; data in their place say as much as ever.</summary>
public sealed class LabelStepsTests
{
    private const int Count = 200;

    [Theory]
    [InlineData("D9", 1)]
    [InlineData("D9", 60_000)]
    [InlineData("x10", 7)]
    public void A_number_that_rises_evenly_says_a_byte_or_two(string format, long step) =>
        Assert.InRange(BytesEach(i => (100_000_000 + (i * step)).ToString(format, CultureInfo.InvariantCulture)), 0.5, 2);

    [Fact]
    public void A_number_at_random_says_as_much_as_its_digits()
    {
        var random = new Random(1);
        Assert.InRange(BytesEach(_ => random.Next(100_000_000, 1_000_000_000).ToString(CultureInfo.InvariantCulture)), 3.7, 6);
        Assert.InRange(BytesEach(_ => random.GetHexString(14, lowercase: true)), 7, 9);
    }

    [Fact]
    public void A_step_that_carries_data_counts_for_what_it_carries()
    {
        var (random, number) = (new Random(1), 0L);
        Assert.InRange(BytesEach(_ => (number += random.Next(1 << 16)).ToString("D12", CultureInfo.InvariantCulture)), 2, 6);
    }

    [Fact]
    public void A_label_before_a_counter_counts_once() =>
        Assert.InRange(BytesEach(i => $"k7q2zz9x4m.{i:D9}"), 0.5, 3);

    private static double BytesEach(Func<int, string> labels) =>
        Asked.Timeline(Enumerable.Range(0, Count).Select(i => Asked.Query($"{labels(i)}.example.com", i)).ToList()).Total.Bits / 8 / Count;
}
