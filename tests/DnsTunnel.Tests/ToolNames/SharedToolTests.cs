using System.IO.Compression;
using DnsTunnel.Detection;
using DnsTunnel.Models;
using DnsTunnel.Tests.Detection;
using DnsTunnel.Tests.Names;
using DnsTunnel.Tools;
using DnsTunnel.Wire;

namespace DnsTunnel.Tests.ToolNames;

/// <summary>The tool of every capture and log whose tool is known, and of benign ones.</summary>
public class SharedToolTests
{
    /// <summary>Rows of MANIFEST.tsv that are captures or logs of a tunnel: path, tool, tunnel domain.</summary>
    public static TheoryData<string, string, string> Tunnels()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var row in Manifest().Where(r => r[5].StartsWith("tunnel:", StringComparison.Ordinal) && !IsNameList(r[0])))
        {
            rows.Add(row[0], row[5]["tunnel:".Length..].Split(' ')[0], row[6]);
        }

        if (rows.Count == 0) rows.Add("tunnels", string.Empty, string.Empty);
        return rows;
    }

    public static TheoryData<string> Benign()
    {
        var rows = new TheoryData<string>();
        foreach (var row in Manifest().Where(r => r[0].StartsWith("benign/", StringComparison.Ordinal) && !IsNameList(r[0]))) rows.Add(row[0]);
        if (rows.Count == 0) rows.Add("benign");
        return rows;
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void The_tool_of_a_tunnel_is_told(string file, string tool, string domain)
    {
        var findings = Findings(SharedData.Path(file));
        Assert.All(findings.Where(f => f.Domain != domain), f => Assert.Null(f.Tool));
        var tunnel = findings.First(f => f.Domain == domain);
        Assert.Equal(tool, tunnel.Tool);
        Assert.Contains(tunnel.Reasons, r => r.Contains($"a trait of {tool}: ", StringComparison.Ordinal));
    }

    /// <summary>All domains are looked at, not only those over the threshold.</summary>
    [Theory]
    [MemberData(nameof(Benign))]
    public void No_tool_is_told_of_benign_traffic(string file) => Assert.All(Findings(SharedData.Path(file)), f => Assert.Null(f.Tool));

    [Fact]
    public void Listed_names_of_DNScapy_have_its_trait()
    {
        var tally = new ToolTally();
        foreach (var name in Names("tunnels/netrack/dnscapy_names.csv.gz", ".example.org.")) tally.Add("example.org", ToolTraits.Of(name, DnsTypes.Txt), 1);
        Assert.Equal("DNScapy", tally.Tell()?.Tool);
    }

    [Fact]
    public void Listed_names_of_homes_have_none()
    {
        var names = Names("benign/netrack/plain_names.csv.gz", ".").ToArray();
        var tally = new ToolTally();
        foreach (var name in names) tally.Add("all", ToolTraits.Of(name, DnsTypes.A), 1);
        Assert.True(names.Length > 1000);
        Assert.Null(tally.Tell());
    }

    private static List<DnsTunnelFinding> Findings(string path)
    {
        var volumes = CaptureRun.Volumes(path);
        return new TunnelDetector(new Judge(TunnelModel.Default, 50), all: true).Detect(new ListedVolumes(() => volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray())), default);
    }

    /// <summary>The labels left of an ending, for every name of a list that has it.</summary>
    private static IEnumerable<byte[]> Names(string file, string ending)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.Path(file)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var name = line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..];
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) yield return WireName.Of(name[..^ending.Length])[..^1];
        }
    }

    private static bool IsNameList(string file) => file.EndsWith("names.csv.gz", StringComparison.Ordinal);

    private static IEnumerable<string[]> Manifest() => SharedData.Root is null
        ? []
        : File.ReadLines(Path.Combine(SharedData.Root, "MANIFEST.tsv")).Skip(1).Select(l => l.Split('\t'));
}
