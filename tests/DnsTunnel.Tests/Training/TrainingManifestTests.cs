using System.Security.Cryptography;
using DnsTunnel.Generators;
using DnsTunnel.Generators.Scenarios;
using DnsTunnel.Models;

namespace DnsTunnel.Tests.Training;

/// <summary>What the shipped model says it was trained on is what tests/tools/evaluate.sh trains with.</summary>
public sealed class TrainingManifestTests
{
    private const int TrainingSeed = 1;

    private static readonly IReadOnlyList<ModelSource> s_sources = TunnelModel.Default.Training.Sources;

    [Theory]
    [InlineData("tunnel/morto*", "Tunnel")]
    [InlineData("tunnel/saitama*", "Tunnel")]
    [InlineData("benign/sophos-1*", "Benign")]
    [InlineData("benign/spf-macro-1*", "Benign")]
    public void Captures_of_the_generators_are_made_again_to_the_byte(string pattern, string label)
    {
        using var folder = new Response.TemporaryFolder();
        Assert.Equal(1, ScenarioTable.Write(new Options(folder.Path, pattern, TrainingSeed, IsQuick: false)));
        var capture = Directory.EnumerateFiles(folder.Path, "*.pcap", SearchOption.AllDirectories).Single();
        Assert.Contains(new ModelSource(Path.GetFileName(capture), label, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(capture)))), s_sources);
    }

    [Fact]
    public void Every_labelled_capture_that_is_shared_is_named()
    {
        var lines = File.ReadLines(SharedData.Path("MANIFEST.tsv")).Skip(1).Select(l => l.Split('\t')).ToList();
        var labelled = lines
            .Where(f => f[5].StartsWith("tunnel", StringComparison.Ordinal) || f[5].StartsWith("benign", StringComparison.Ordinal))
            .Select(f => new ModelSource(Path.GetFileName(f[0]), f[5].StartsWith("tunnel", StringComparison.Ordinal) ? "Tunnel" : "Benign", f[4].ToUpperInvariant()))
            .ToList();
        Assert.NotEmpty(labelled);
        Assert.Empty(labelled.Except(s_sources));
    }
}
