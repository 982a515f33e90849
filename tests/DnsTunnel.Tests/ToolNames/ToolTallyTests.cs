using DnsTunnel.Tools;

namespace DnsTunnel.Tests.ToolNames;

public class ToolTallyTests
{
    private const string Domain = "t.example";

    [Theory]
    [InlineData(5, 0, "iodine")]
    [InlineData(80, 20, "iodine")]
    [InlineData(79, 21, null)]
    [InlineData(4, 0, null)]
    public void A_weak_trait_needs_most_names(int with, int without, string? tool) =>
        Assert.Equal(tool, Tell((Number("iodine", isStrong: false), with), (0, without))?.Tool);

    [Fact]
    public void A_strong_trait_needs_one_name_and_is_the_one_that_is_named()
    {
        var strong = Number("iodine", isStrong: true);
        var sighting = Tell((Number("iodine", isStrong: false), 900), (strong, 1), (0, 5_000));
        Assert.NotNull(sighting);
        Assert.Equal(ToolTraits.All[strong - 1], sighting.Trait);
        Assert.Equal(1, sighting.Names);
        Assert.Equal(5_901, sighting.Total);
    }

    [Fact]
    public void Weak_traits_of_a_tool_count_together()
    {
        byte[] weak = [.. Numbers("iodine", isStrong: false)];
        Assert.True(weak.Length > 1);
        Assert.Equal("iodine", Tell((weak[0], 45), (weak[1], 45), (0, 10))?.Tool);
    }

    /// <summary>Chunk numbers and session names in hexadecimal come first in the names of other tools.</summary>
    [Fact]
    public void Of_a_trait_in_halves_both_must_be_there()
    {
        byte[] halves = [.. Numbers("dnscat2", isStrong: false)];
        Assert.Null(Tell((halves[0], 100)));
        Assert.Null(Tell((halves[1], 100)));
        Assert.Equal(100, Tell((halves[0], 60), (halves[1], 40))?.Names);
    }

    [Fact]
    public void Of_two_tools_the_one_with_more_names_is_told_and_none_when_they_are_even()
    {
        var one = Number("dns2tcp", isStrong: true);
        var other = Number("OzymanDNS", isStrong: true);
        Assert.Equal("dns2tcp", Tell((one, 3), (other, 2))?.Tool);
        Assert.Null(Tell((one, 2), (other, 2)));
    }

    [Theory]
    [InlineData("avsvmcloud.com", "SUNBURST")]
    [InlineData("amazonaws.com", null)]
    public void A_trait_that_is_ordinary_under_a_domain_tells_nothing_there(string domain, string? tool)
    {
        var tally = new ToolTally();
        tally.Add(domain, Number("SUNBURST", isStrong: true), 3);
        Assert.Equal(tool, tally.Tell()?.Tool);
    }

    [Fact]
    public void No_names_tell_nothing() => Assert.Null(new ToolTally().Tell());

    private static ToolSighting? Tell(params (byte Trait, int Names)[] names)
    {
        var tally = new ToolTally();
        foreach (var (trait, count) in names) tally.Add(Domain, trait, count);
        return tally.Tell();
    }

    private static byte Number(string tool, bool isStrong) => Numbers(tool, isStrong).First();

    private static IEnumerable<byte> Numbers(string tool, bool isStrong) => Enumerable.Range(1, ToolTraits.All.Count)
        .Where(i => ToolTraits.All[i - 1].Tool == tool && ToolTraits.All[i - 1].IsStrong == isStrong)
        .Select(i => (byte)i);
}
