using DnsTunnel.Detection;
using DnsTunnel.Generators.Scenarios;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Models;
using DnsTunnel.Tests.Detection;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.ToolNames;

/// <summary>Made traffic of many tools, known and not, and of benign classes: no tool is given the name of another.</summary>
public sealed class GeneratedToolTests
{
    private const string Beacon = "Cobalt Strike";

    /// <summary>Tools whose layouts are made to the last byte, as the manifests call them.</summary>
    private static readonly string[] s_told = ["cobaltstrike", "dns2tcp", "dnscapy", "dnscat2", "dnsexfiltrator", "dnstt", "godoh", "iodine", "ozymandns", "sunburst"];

    public static TheoryData<string> QuickPaths => [.. ScenarioTable.All.Where(s => !s.IsLong).Select(s => s.Path)];

    [Theory]
    [MemberData(nameof(QuickPaths))]
    public void A_tool_is_told_as_what_it_is_or_not_at_all(string path)
    {
        using var folder = new TemporaryFolder();
        var (log, line) = ScenarioTable.Build(ScenarioTable.All.Single(s => s.Path == path), 1);
        new TrafficWriter().Write(folder.File("x.pcap"), log.Exchanges);
        var volumes = CaptureRun.Volumes(folder.File("x.pcap"));

        var findings = new TunnelDetector(new Judge(TunnelModel.Default, 50), all: true)
            .Detect(new ListedVolumes(() => volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray())), TestContext.Current.CancellationToken);

        var tool = line.Tool == "cobaltstrike" ? Beacon : line.Tool;
        Assert.All(findings.Where(f => f.Tool is not null), f => Assert.Equal(tool, f.Tool, ignoreCase: true));
        // What the tool names without a domain of its own has no findings to hang on.
        if (s_told.Contains(line.Tool) && line.Domains[0] != "*") Assert.Contains(findings, f => f.Tool is not null);
    }
}
