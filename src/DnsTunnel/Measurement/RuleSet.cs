using DnsTunnel.Measurement.Rules;

namespace DnsTunnel.Measurement;

/// <summary>Makes rules by their names.</summary>
internal static class RuleSet
{
    public static IRule Create(string name, RuleHits hits, RuleContext context) => name switch
    {
        RuleNames.DnsTunnel => new DetectorRule(hits, context),
        RuleNames.Elastic => new ElasticRule(hits, isScheduled: false),
        RuleNames.ElasticSchedule => new ElasticRule(hits, isScheduled: true),
        RuleNames.Rita => new RitaRule(hits),
        RuleNames.Zeek => new ZeekRule(hits),
        RuleNames.Sigma => new SigmaRule(hits),
        RuleNames.Splunk => new SplunkRule(hits),
        RuleNames.Ndpi => new NdpiRule(hits),
        RuleNames.Ibhh => new IbhhRule(hits),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "there is no such rule"),
    };
}
