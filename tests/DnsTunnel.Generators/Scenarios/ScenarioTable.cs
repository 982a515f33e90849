using System.IO.Enumeration;
using DnsTunnel.Generators.Benign;
using DnsTunnel.Generators.Traffic;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>All captures that a model may be trained on, and how captures are written.</summary>
internal static class ScenarioTable
{
    public static IEnumerable<Scenario> All => TunnelScenarios.All.Concat(AdversarialScenarios.All).Concat(BenignScenarios.All);

    /// <summary>The traffic of a scenario; the seed and the path decide it, not what was made before.</summary>
    public static (TrafficLog Log, ManifestLine Line) Build(Scenario scenario, int seed)
    {
        var log = new TrafficLog(new Random((int)StableHash.Of($"{seed}/{scenario.Path}")));
        var line = scenario.Build(log);
        return (log, line);
    }

    /// <summary>Writes the captures and MANIFEST.tsv, and gives the number of captures.</summary>
    public static int Write(Options options)
    {
        var writer = new TrafficWriter();
        var manifest = new List<string> { ManifestLine.Header };
        foreach (var scenario in options.HeldOut switch { 0 => All, 1 => HeldOutScenarios.All, _ => SecondHeldOutScenarios.All })
        {
            if (options.IsQuick && scenario.IsLong) continue;
            if (!FileSystemName.MatchesSimpleExpression($"*{options.Only}*", scenario.Path)) continue;
            var path = Path.Combine(options.Directory, scenario.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var (log, line) = Build(scenario, options.Seed);
            writer.Write(path, log.Exchanges);
            manifest.Add(line.ToText(scenario.Path));
        }
        Directory.CreateDirectory(options.Directory);
        File.WriteAllText(Path.Combine(options.Directory, "MANIFEST.tsv"), string.Join('\n', manifest) + "\n");
        return manifest.Count - 1;
    }
}
