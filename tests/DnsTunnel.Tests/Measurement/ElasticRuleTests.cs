using System.IO.Compression;
using System.Text;
using DnsTunnel.Measurement;

namespace DnsTunnel.Tests.Measurement;

public class ElasticRuleTests
{
    private static readonly string[] s_names = [.. Names()];

    [Fact]
    public void It_finds_the_name_with_which_the_sorted_names_deflate_to_350_bytes()
    {
        var needed = Enumerable.Range(1, s_names.Length).First(n => Deflated(s_names.Take(n)) >= 350);
        Assert.InRange(needed, 10, 60);

        Assert.Equal(needed - 1, Stream(needed, i => i).Run(RuleNames.Elastic).QueriesBefore);
        Assert.False(Stream(needed - 1, i => i).Run(RuleNames.Elastic).Found);
    }

    [Fact]
    public void Names_of_two_buckets_do_not_add_up() =>
        Assert.False(Stream(40, i => i < 20 ? i : 900 + i).Run(RuleNames.Elastic).Found);

    [Fact]
    public void Its_schedule_looks_two_minutes_after_the_end_of_the_bucket()
    {
        var seen = Stream(s_names.Length, i => 10 * i).Run(RuleNames.ElasticSchedule);
        Assert.Equal((15 + 2) * 60, seen.SecondsBefore);
        Assert.Equal(s_names.Length, seen.QueriesBefore);

        var more = Stream(s_names.Length, i => 10 * i).Ask(1019, "more.tunnel.example").Ask(1020, "late.tunnel.example").Run(RuleNames.ElasticSchedule);
        Assert.Equal(s_names.Length + 1, more.QueriesBefore);
    }

    private static RuleStream Stream(int count, Func<int, double> second)
    {
        var stream = new RuleStream();
        for (var i = 0; i < count; i++) stream.Ask(second(i), s_names[i]);
        return stream;
    }

    private static IEnumerable<string> Names()
    {
        var random = new Random(7);
        for (var i = 0; i < 80; i++) yield return $"{random.NextInt64():x16}.tunnel.example";
    }

    private static int Deflated(IEnumerable<string> names)
    {
        using var output = new MemoryStream();
        using (var deflate = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Encoding.ASCII.GetBytes(string.Concat(names.Order(StringComparer.Ordinal))));
        }

        return (int)output.Length;
    }
}
