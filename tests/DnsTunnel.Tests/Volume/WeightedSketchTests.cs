using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public class WeightedSketchTests
{
    [Fact]
    public void Counts_exactly_up_to_its_size()
    {
        var sketch = new WeightedSketch();
        for (var round = 0; round < 2; round++) Fill(sketch, 0, WeightedSketch.MaxCount);
        Assert.Equal(WeightedSketch.MaxCount, sketch.Count);
        Assert.Equal(3L * WeightedSketch.MaxCount, sketch.FirstSum);
        Assert.Equal(7L * WeightedSketch.MaxCount, sketch.SecondSum);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(200_000)]
    [InlineData(1_000_000)]
    public void Estimates_above_within_five_standard_errors(int count)
    {
        var sketch = new WeightedSketch();
        Fill(sketch, 0, count);
        Assert.InRange(sketch.Count, count * 0.92, count * 1.08);
        Assert.Equal(3 * sketch.Count, sketch.FirstSum);
    }

    [Fact]
    public void Order_and_partition_do_not_matter()
    {
        const int count = 30_000;
        var whole = new WeightedSketch();
        Fill(whole, 0, count);

        var parts = new WeightedSketch[4];
        for (var i = 0; i < parts.Length; i++) Fill(parts[i] = new WeightedSketch(), i * count / 8, count * (i + 5) / 8);
        var merged = new WeightedSketch();
        foreach (var part in parts.Reverse()) merged.Merge(part);
        merged.Merge(whole);

        Assert.Equal((whole.Count, whole.FirstSum, whole.SecondSum), (merged.Count, merged.FirstSum, merged.SecondSum));
    }

    [Fact]
    public void Says_what_it_holds()
    {
        var sketch = new WeightedSketch();
        Assert.False(sketch.Holds(new NameKey(0, 64)));
        sketch.Add(new NameKey(0, 64), 1, 1);
        Assert.True(sketch.Holds(new NameKey(0, 64)));
        Assert.False(sketch.Holds(new NameKey(2, 3)));
    }

    [Fact]
    public void The_larger_weights_of_a_name_count()
    {
        var sketch = new WeightedSketch();
        sketch.Add(new NameKey(9, 3), 5, 1);
        sketch.Add(new NameKey(9, 3), 2, 8);
        Assert.Equal((1L, 5L, 8L), (sketch.Count, sketch.FirstSum, sketch.SecondSum));
    }

    [Fact]
    public void Trimming_keeps_the_estimate()
    {
        var sketch = new WeightedSketch();
        Fill(sketch, 0, 8000);
        sketch.Trim(1024);
        Assert.InRange(sketch.HeldCount, 256, 1024);
        Assert.InRange(sketch.Count, 6800, 9200);
    }

    private static void Fill(WeightedSketch sketch, int from, int to)
    {
        for (var i = from; i < to; i++) sketch.Add(NameHash.KeyOfLower(BitConverter.GetBytes(i)), 3, 7);
    }
}
