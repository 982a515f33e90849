using System.Diagnostics;
using DnsTunnel.Fuzz;

namespace DnsTunnel.Tests.Fuzz;

/// <summary>A short run of every target that is the same each time; tests/tools/fuzz.sh makes the long ones.</summary>
public sealed class SeededFuzzTests
{
    private const int Rounds = 500;

    /// <summary>Memory that an input may take beside twice its size. What is allocated bounds it from above.</summary>
    private const long AllowedBytes = 64 << 20;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory, MemberData(nameof(Targets))]
    public void Whatever_the_bytes_reading_ends_soon_and_throws_nothing(string name)
    {
        var target = FuzzTargets.Find(name);
        byte[][] seeds = [.. target.Corpus.Select(File.ReadAllBytes)];
        Assert.NotEmpty(seeds);
        // A seed that nothing is read of would prove nothing.
        Assert.All(seeds, seed => Assert.True(target.Read(seed) > 0));

        var random = new Random(20261124);
        var (found, lost) = (0L, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var input = Mutation.Of(seeds[round % seeds.Length], random);
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            var count = target.Read(input);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllowedBytes + (2L * input.Length));
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_longest);
            found += count;
            lost += count == 0 ? 1 : 0;
        }

        Assert.True(found > Rounds / 20, $"{found} things found in {Rounds} inputs");
        Assert.True(lost > Rounds / 100 || name == "names", $"only {lost} of {Rounds} inputs were broken");
    }
}
