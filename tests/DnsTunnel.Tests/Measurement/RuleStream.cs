using System.Globalization;
using DnsTunnel.Measurement;
using DnsTunnel.Models;

namespace DnsTunnel.Tests.Measurement;

/// <summary>A hand-made capture with a labelled tunnel under tunnel.example, replayed to one rule.</summary>
internal sealed class RuleStream(params string[] tunnelDomains)
{
    /// <summary>On a full hour, where windows of all rules begin.</summary>
    public static readonly DateTime Start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly List<DnsQuery> _queries = [];

    public RuleStream Ask(double second, string name, string type = "A", string client = "192.0.2.1", int port = 53)
    {
        _queries.Add(new DnsQuery { Timestamp = Start.AddSeconds(second), QueryName = name, QueryType = type, ClientAddress = client, ServerPort = port });
        return this;
    }

    /// <summary>Asks for names numbered from 0.</summary>
    public RuleStream AskMany(int count, Func<int, double> second, string suffix = "tunnel.example", Func<int, string>? client = null)
    {
        for (var i = 0; i < count; i++) Ask(second(i), string.Create(CultureInfo.InvariantCulture, $"n{i:0000}.{suffix}"), client: client?.Invoke(i) ?? "192.0.2.1");
        return this;
    }

    public DnsTunnelMeasurement Run(string rule, DnsTunnelLabel label = DnsTunnelLabel.Tunnel, double threshold = 50)
    {
        var entry = new ManifestEntry { Path = "capture", Label = label, Domains = label == DnsTunnelLabel.Tunnel ? tunnelDomains.DefaultIfEmpty("tunnel.example").ToArray() : [] };
        var replay = new CaptureReplay(entry, [rule], TunnelModel.Default, threshold, default);
        foreach (var query in _queries) replay.OnQuery(query);
        return Assert.Single(replay.Complete());
    }
}
