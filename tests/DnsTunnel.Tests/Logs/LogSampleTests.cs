namespace DnsTunnel.Tests.Logs;

/// <summary>Real logs: the number of queries is that of the manifest, which other commands counted.</summary>
public class LogSampleTests
{
    // Extensions of the samples that are no logs.
    private static readonly string[] s_otherKinds = [".pcap", ".pcap.gz", ".pcapng", ".pcapng.gz", ".fstrm", ".evtx"];

    // Where the manifest counts otherwise. Zeek has records with "-" for the name, messages without a question that the servers refused;
    // the manifest counts queries of class IN alone in Unbound's logs, where two are of class CH.
    private static readonly Dictionary<string, int> s_differences = new()
    {
        ["benign/zat/dns.tsv.log"] = -3,
        ["benign/brimdata/zeek-json_dns.json.gz"] = -2,
        ["benign/brimdata/zeek-tsv_dns.log.gz"] = -2,
        ["formats/unbound/own_unbound_ascii-time.log"] = 2,
        ["formats/unbound/own_unbound_epoch_tagged.log"] = 2,
    };

    public static TheoryData<string, int> Samples()
    {
        var samples = new TheoryData<string, int>();
        if (SharedData.Root is null) return samples;
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Root, "MANIFEST.tsv")).Skip(1))
        {
            if (line.Split('\t') is not [var path, _, _, _, _, _, _, var count, ..] || path.StartsWith("malformed", StringComparison.Ordinal)) continue;
            if (s_otherKinds.Any(kind => path.EndsWith(kind, StringComparison.Ordinal)) || !int.TryParse(count, out var queries)) continue;
            samples.Add(path, queries);
        }
        return samples;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Samples))]
    public void A_sample_has_as_many_queries_as_its_manifest_says(string path, int queries)
    {
        var content = LogContent.Read(SharedData.Path(path));
        Assert.Null(content.Error);
        Assert.Empty(content.Statistics!.FirstBad);
        Assert.Equal(queries + s_differences.GetValueOrDefault(path), content.Queries.Count);
    }
}
