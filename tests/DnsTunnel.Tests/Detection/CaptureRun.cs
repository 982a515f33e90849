using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Detection;

/// <summary>Runs captures through all stages of the core.</summary>
internal static class CaptureRun
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);

    /// <summary>The path that makes no objects.</summary>
    public static List<DomainVolume> Volumes(params string[] captures)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, s_window, byClient: true, exceptions: ExceptionList.BuiltIn);
        var counter = new VolumeCounter(aggregator);
        foreach (var capture in captures) Read(capture, counter);
        return [.. aggregator.GetVolumes()];
    }

    /// <summary>The path over DnsQuery objects.</summary>
    public static List<DomainVolume> VolumesOfObjects(params string[] captures) => Volumes(captures.SelectMany(Queries));

    public static List<DomainVolume> Volumes(IEnumerable<DnsQuery> queries)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, s_window, byClient: true, exceptions: ExceptionList.BuiltIn);
        var counter = new VolumeCounter(aggregator);
        foreach (var query in queries) counter.Add(query);
        return [.. aggregator.GetVolumes()];
    }

    public static List<DnsQuery> Queries(string capture)
    {
        var queries = new List<DnsQuery>();
        Read(capture, new QueryBuilder(PublicSuffixList.Default, capture, queries.Add));
        return queries;
    }

    public static List<DnsTunnelFinding> Findings(params string[] captures) => Findings(() => Volumes(captures));

    public static List<DnsTunnelFinding> Findings(IEnumerable<DnsQuery> queries) => Findings(() => Volumes(queries));

    private static List<DnsTunnelFinding> Findings(Func<List<DomainVolume>> volumes) =>
        new TunnelDetector(new Judge(TunnelModel.Default, 50), all: false).Detect(new ListedVolumes(() => volumes().GroupBy(v => v.WindowStart, (_, window) => window.ToArray())), default);

    private static void Read(string capture, IQuerySink sink)
    {
        using var file = QueryFile.Open(capture, sink, new QueryFileOptions());
        while (file.TryAdvance())
        {
        }

        file.Complete();
    }
}
