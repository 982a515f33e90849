using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public class NameSketchTests
{
    [Fact]
    public void Counts_exactly_up_to_its_size()
    {
        var sketch = new NameSketch();
        for (var round = 0; round < 2; round++) Fill(ref sketch, 0, NameSketch.MaxCount);
        Assert.Equal(NameSketch.MaxCount, sketch.Count);
        Assert.Equal(3L * NameSketch.MaxCount, sketch.ByteSum);
        Assert.Equal(7L * NameSketch.MaxCount, sketch.CostSum);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(200_000)]
    [InlineData(1_000_000)]
    public void Estimates_above_within_five_standard_errors(int count)
    {
        var sketch = new NameSketch();
        Fill(ref sketch, 0, count);
        Assert.InRange(sketch.Count, count * 0.92, count * 1.08);
        Assert.Equal(3 * sketch.Count, sketch.ByteSum);
    }

    [Fact]
    public void Order_and_partition_do_not_matter()
    {
        const int count = 30_000;
        var whole = new NameSketch();
        Fill(ref whole, 0, count);

        var parts = new NameSketch[4];
        for (var i = 0; i < parts.Length; i++) Fill(ref parts[i], i * count / 8, count * (i + 5) / 8);
        var merged = new NameSketch();
        foreach (var part in Enumerable.Reverse(parts)) merged.Merge(part);
        merged.Merge(whole);

        Assert.Equal((whole.Count, whole.ByteSum, whole.CostSum), (merged.Count, merged.ByteSum, merged.CostSum));
    }

    [Fact]
    public void Touches_what_it_holds()
    {
        var sketch = new NameSketch();
        Assert.False(sketch.TryTouch(0, 0, NameTraits.None));
        sketch.Add(new NameKey(0, 64), new NameFacts { Ticks = 50 });
        Assert.True(sketch.TryTouch(0, 50 + TimeSpan.TicksPerMinute, NameTraits.CarrierType));
        Assert.False(sketch.TryTouch(2, 0, NameTraits.None));
        var held = Assert.Single(Held(sketch));
        Assert.Equal((50, TimeSpan.TicksPerMinute, NameTraits.CarrierType), (held.Facts.Ticks, held.Span, held.Facts.Traits));
    }

    [Fact]
    public void The_earlier_time_and_the_larger_weights_of_a_name_count()
    {
        var sketch = new NameSketch();
        sketch.Add(new NameKey(9, 3), new NameFacts { Ticks = TimeSpan.TicksPerHour, Bytes = 5, Cost = 1 });
        sketch.Add(new NameKey(9, 3), new NameFacts { Ticks = 0, Bytes = 2, Cost = 8 });
        Assert.Equal((1L, 5L, 8L), (sketch.Count, sketch.ByteSum, sketch.CostSum));
        var held = Assert.Single(Held(sketch));
        Assert.Equal((0, TimeSpan.TicksPerHour), (held.Facts.Ticks, held.Span));
    }

    [Fact]
    public void Trimming_keeps_the_estimate()
    {
        var sketch = new NameSketch();
        Fill(ref sketch, 0, 8000);
        sketch.Trim(1024);
        Assert.InRange(sketch.HeldCount, 256, 1024);
        Assert.InRange(sketch.Count, 6800, 9200);
    }

    private static void Fill(ref NameSketch sketch, int from, int to)
    {
        for (var i = from; i < to; i++) sketch.Add(NameHash.KeyOfLower(BitConverter.GetBytes(i)), new NameFacts { Bytes = 3, Cost = 7 });
    }

    private static List<HeldName> Held(in NameSketch sketch)
    {
        var names = new List<HeldName>();
        sketch.CopyTo(names);
        return names;
    }
}
