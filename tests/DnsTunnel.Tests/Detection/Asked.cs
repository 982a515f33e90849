using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Detection;

/// <summary>Queries that a test makes up, and what becomes of them.</summary>
internal static class Asked
{
    public static readonly DateTime Start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    public static DnsQuery Query(string name, double seconds, string client = "192.0.2.1", string type = "A", string code = "NOERROR") => new()
    {
        Timestamp = Start.AddSeconds(seconds),
        ClientAddress = client,
        QueryName = name,
        QueryType = type,
        ResponseCode = code,
        QuerySize = 60,
        ResponseSize = 100,
    };

    /// <summary>Names of a label of hexadecimal digits at random, one every so many seconds; they begin with a digit, so none has a prefix to share.</summary>
    public static IEnumerable<DnsQuery> Hex(int count, string domain, double every = 1, double from = 0, string client = "192.0.2.1", int digits = 32, int seed = 1)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(i => Query($"{i % 10}{random.GetHexString(digits - 1, lowercase: true)}.{domain}", from + (i * every), client)).ToList();
    }

    public static List<DomainVolume> Volumes(IEnumerable<DnsQuery> queries, ExceptionList? exceptions = null)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: true, exceptions: exceptions);
        var counter = new VolumeCounter(aggregator);
        foreach (var query in queries) counter.Add(query);
        return [.. aggregator.GetVolumes().OrderBy(v => v.WindowStart)];
    }

    /// <summary>Of the only domain and client.</summary>
    public static Timeline Timeline(IEnumerable<DnsQuery> queries, ExceptionList? exceptions = null) =>
        DnsTunnel.Detection.Timeline.Of(Volumes(queries, exceptions));

    public static List<DnsTunnelFinding> Findings(IEnumerable<DnsQuery> queries, TunnelModel? model = null)
    {
        var volumes = Volumes(queries, ExceptionList.BuiltIn);
        return new TunnelDetector(new Judge(model ?? TunnelModel.Default, 50), all: false)
            .Detect(new ListedVolumes(() => volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray())), default);
    }
}
