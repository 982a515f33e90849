using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Detection;

/// <summary>Every log of benign traffic. The brimdata logs are not labelled; nothing in them reaches the threshold.</summary>
public class SharedLogTests
{
    public static TheoryData<string> Logs()
    {
        var rows = new TheoryData<string>();
        var folder = SharedData.Root is null ? null : Path.Combine(SharedData.Root, "benign");
        string[] files = folder is null ? [] : Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var isLog = !file.Contains(".pcap", StringComparison.Ordinal) && !file.EndsWith("names.csv.gz", StringComparison.Ordinal);
            if (isLog) rows.Add(Path.GetRelativePath(SharedData.Root!, file));
        }

        if (rows.Count == 0) rows.Add("benign");
        return rows;
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Nothing_is_found_in_benign_logs(string file)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: true, exceptions: ExceptionList.BuiltIn);
        using var log = QueryFile.Open(SharedData.Path(file), new VolumeCounter(aggregator), new QueryFileOptions());
        while (log.TryAdvance())
        {
        }

        log.Complete();
        Assert.True(log.Statistics.Queries > 0, file);
        Assert.Empty(new TunnelDetector(new Judge(TunnelModel.Default, 50), all: false).Detect(aggregator, TestContext.Current.CancellationToken));
    }
}
