using DnsTunnel.Generators;
using DnsTunnel.Generators.Scenarios;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Tests.Detection;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Generators;

public sealed class ScenarioTests
{
    /// <summary>The captures of a quick run; the long ones are the same encoders and classes again.</summary>
    public static TheoryData<string> QuickPaths => [.. ScenarioTable.All.Where(scenario => !scenario.IsLong).Select(scenario => scenario.Path)];

    [Theory]
    [MemberData(nameof(QuickPaths))]
    public void Write_Capture_HoldsWhatTheManifestSays(string path)
    {
        using var folder = new TemporaryFolder();
        var (log, line) = ScenarioTable.Build(ScenarioTable.All.Single(scenario => scenario.Path == path), 1);
        new TrafficWriter().Write(folder.File("x.pcap"), log.Exchanges);

        var queries = CaptureRun.Queries(folder.File("x.pcap"));

        Assert.Equal(log.Exchanges.Count, queries.Count);
        // Multicast answers go to the group, not to who asked.
        Assert.Equal(log.Exchanges.Count(exchange => exchange.Question.Reply.Rcode >= 0 && exchange.Server != Address.MulticastDns), queries.Count(query => query.ResponseCode is not null));
        if (line.Domains.Count == 0 || line.Domains[0] == ".") return;
        Assert.Equal(line.Queries, queries.Count(query => line.Domains.Contains(query.RegisteredDomain, StringComparer.OrdinalIgnoreCase)));
    }

    [Fact]
    public void All_Paths_AreDistinctAndEveryGroupHasASource()
    {
        var paths = ScenarioTable.All.Select(scenario => scenario.Path).ToArray();
        Assert.Equal(paths.Length, paths.Distinct().Count());
        Assert.All(ScenarioTable.All.Where(scenario => !scenario.IsLong), scenario => Assert.NotEmpty(ScenarioTable.Build(scenario, 1).Line.Notes));
    }

    [Fact]
    public void HeldOut_Captures_AreNoneThatAModelIsTrainedOn()
    {
        var tools = ScenarioTable.All.Where(scenario => !scenario.IsLong).Select(scenario => ScenarioTable.Build(scenario, 1).Line).SelectMany(line => (string[])[line.Tool, line.Group]).ToHashSet();
        var heldOut = HeldOutScenarios.All.Concat(SecondHeldOutScenarios.All).Select(scenario => (scenario.Path, ScenarioTable.Build(scenario, 1).Line)).ToArray();
        Assert.Equal(heldOut.Length, heldOut.Select(item => item.Path).Distinct().Count());
        Assert.All(heldOut, item => Assert.DoesNotContain(item.Line.Group, tools));
        Assert.All(heldOut, item => Assert.True(item.Line.Queries >= 10, item.Path));
    }

    [Fact]
    public void Build_SameSeed_GivesTheSameAndAnotherSeedDoesNot()
    {
        var scenario = ScenarioTable.All.Single(item => item.Path == "tunnel/dnscat2-mixed.pcap");
        Assert.Equal(Names(scenario, 1), Names(scenario, 1));
        Assert.NotEqual(Names(scenario, 1), Names(scenario, 2));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.7)]
    [InlineData(1000)]
    public void Retimed_Run_LastsAsLongAsItsRateSays(double rate)
    {
        var scenario = ScenarioTable.All.First(item => item.Path.Contains($"hexnames-16-hex-{rate}Bps", StringComparison.Ordinal));
        var (log, line) = ScenarioTable.Build(scenario, 1);
        var tunnel = log.Exchanges.Where(exchange => exchange.Question.Name.EndsWith(line.Domains[0], StringComparison.Ordinal)).ToArray();
        var seconds = tunnel[^1].Time - tunnel[0].Time;
        Assert.InRange(line.PayloadBytes!.Value / seconds, rate * 0.95, rate * 1.05);
    }

    [Fact]
    public void Write_Only_MakesMatchingCapturesAndTheManifest()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, ScenarioTable.Write(new Options(folder.Path, "sophos", 1, IsQuick: false)));
        var lines = File.ReadAllLines(folder.File("MANIFEST.tsv"));
        Assert.Equal(ManifestLine.Header, lines[0]);
        Assert.Equal("benign", lines[1].Split('\t')[1]);
        Assert.All(lines[1..], line => Assert.True(File.Exists(folder.File(line.Split('\t')[0]))));
    }

    [Theory]
    [InlineData]
    [InlineData("--seed", "x", "out")]
    [InlineData("out", "another")]
    [InlineData("out", "--only")]
    public void Options_Wrong_Throw(params string[] args) => Assert.Throws<ArgumentException>(() => Options.Parse(args));

    private static string[] Names(Scenario scenario, int seed) =>
        [.. ScenarioTable.Build(scenario, seed).Log.Exchanges.Select(exchange => $"{exchange.Time:r} {exchange.Question.Name}")];
}
