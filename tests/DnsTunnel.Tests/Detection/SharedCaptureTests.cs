using System.Text.RegularExpressions;

namespace DnsTunnel.Tests.Detection;

/// <summary>Every labelled capture, through all stages.</summary>
public partial class SharedCaptureTests
{
    /// <summary>Rows of MANIFEST.tsv that are captures: path, label, tunnel domain, queries under it (all queries where the notes give no number).</summary>
    public static TheoryData<string, string, int> Tunnels()
    {
        var rows = new TheoryData<string, string, int>();
        foreach (var row in Manifest().Where(r => r[5].StartsWith("tunnel", StringComparison.Ordinal) && IsCapture(r[0])))
        {
            var noted = QueriesUnderDomain().Match(row[8]);
            rows.Add(row[0], row[6], int.Parse(noted.Success ? noted.Groups[1].Value : row[7]));
        }

        if (rows.Count == 0) rows.Add("tunnels", string.Empty, 0);
        return rows;
    }

    public static TheoryData<string> Benign()
    {
        var rows = new TheoryData<string>();
        foreach (var row in Manifest().Where(r => r[0].StartsWith("benign/", StringComparison.Ordinal) && IsCapture(r[0]))) rows.Add(row[0]);
        if (rows.Count == 0) rows.Add("benign");
        return rows;
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void Tunnels_are_found_by_their_domain_and_nothing_else_is(string file, string domain, int queries)
    {
        var findings = CaptureRun.Findings(SharedData.Path(file));
        Assert.All(findings, f => Assert.Equal(domain, f.Domain));
        Assert.All(findings, f => Assert.NotEmpty(f.Reasons));
        if (queries >= 40) Assert.NotEmpty(findings);
    }

    [Theory]
    [MemberData(nameof(Benign))]
    public void Nothing_is_found_in_benign_captures(string file) => Assert.Empty(CaptureRun.Findings(SharedData.Path(file)));

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void Objects_and_files_give_equal_volumes(string file, string domain, int queries)
    {
        _ = (domain, queries);
        var path = SharedData.Path(file);
        Assert.Equivalent(CaptureRun.Volumes(path), CaptureRun.VolumesOfObjects(path), strict: true);
    }

    /// <summary>iodine and dns2tcp sent 256 KiB or 1 MiB of random bytes each way: no bound may be lower.</summary>
    [Theory]
    [InlineData("tunnels/own/iodine_NULL_data.pcap.gz", 1 << 20)]
    [InlineData("tunnels/own/iodine_A_data.pcap.gz", 1 << 18)]
    [InlineData("tunnels/own/iodine_CNAME_data.pcap.gz", 1 << 18)]
    [InlineData("tunnels/own/iodine_MX_data.pcap", 1 << 18)]
    [InlineData("tunnels/own/iodine_PRIVATE_data.pcap", 1 << 18)]
    [InlineData("tunnels/own/iodine_SRV_data.pcap", 1 << 18)]
    [InlineData("tunnels/own/iodine_TXT_data.pcap", 1 << 18)]
    [InlineData("tunnels/own/dns2tcp_KEY_data.pcap.gz", 1 << 18)]
    [InlineData("tunnels/own/dns2tcp_TXT_data.pcap.gz", 1 << 18)]
    public void Bytes_are_upper_bounds_of_what_was_sent(string file, long payload)
    {
        var finding = Assert.Single(CaptureRun.Findings(SharedData.Path(file)));
        Assert.InRange(finding.BytesOut, payload, 2 * payload);
        Assert.InRange(finding.BytesIn, payload, 5 * payload);
    }

    private static bool IsCapture(string path) => path.Contains(".pcap", StringComparison.Ordinal);

    private static IEnumerable<string[]> Manifest() => SharedData.Root is null
        ? []
        : File.ReadLines(Path.Combine(SharedData.Root, "MANIFEST.tsv")).Skip(1).Select(l => l.Split('\t'));

    [GeneratedRegex(@"\[(\d+) queries under the tunnel domain")]
    private static partial Regex QueriesUnderDomain();
}
