using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// The detector of this project, as Test-DnsTunneling runs it on what has passed so far. It runs when the tunnel has one more distinct
/// name or answer, up to 64 of them, and then each time they have grown by 5 %, until a domain of the tunnel is found: so the moment is never
/// earlier than the true one, and later by a name or 5 % at most. Other domains and scores are those of the whole capture.
/// </summary>
internal sealed class DetectorRule(RuleHits hits, RuleContext context) : IRule
{
    private const int EachNameUpTo = 64;
    private const double Growth = 1.05;

    /// <summary>What scores less is left out: a finding for each of a million domains would fill the memory.</summary>
    private const double LeastScore = 1;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);

    private readonly VolumeAggregator _aggregator = new(PublicSuffixList.Default, s_window, byClient: true, exceptions: ExceptionList.BuiltIn);
    private readonly HashSet<ulong> _names = [];
    private readonly HashSet<int> _tunnel = [];
    private double _nextCheck = 1;
    private bool _isFound;

    public void Add(in RuleQuery query)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        _aggregator.Add(new VolumeItem
        {
            Ticks = query.Ticks,
            ClientName = context.Clients[query.Client],
            Name = query.Name,
            NameHash = query.Hash,
            Type = query.Type,
            IsNxDomain = query.IsNxDomain,
            QuerySize = query.QuerySize,
            ResponseSize = query.ResponseSize,
            Answer = query.Answer,
        });
        if (!query.IsTunnel || _isFound) return;
        _tunnel.Add(query.Domain);
        if (!_names.Add(query.Hash ^ query.Answer.Hash) || _names.Count < _nextCheck) return;
        _nextCheck = _names.Count < EachNameUpTo ? _names.Count + 1 : _names.Count * Growth;
        foreach (var domain in Detect(context.Threshold).SelectMany(DomainsOf).Where(_tunnel.Contains))
        {
            hits.Add(domain, query.Before);
            _isFound = true;
        }
    }

    public void Complete(in Moment end)
    {
        foreach (var domain in _tunnel) hits.Scores[domain] = 0;
        foreach (var domain in Score(context.Threshold)) hits.Add(domain, end);
        // What is found by itself is not put together with others: at a lower threshold, less is.
        if (context.Threshold > LeastScore) Score(LeastScore);
    }

    /// <summary>The domains that reach a threshold.</summary>
    private List<int> Score(double threshold)
    {
        var found = new List<int>();
        foreach (var finding in Detect(threshold))
        {
            foreach (var domain in DomainsOf(finding))
            {
                hits.Scores[domain] = Math.Max(finding.Score, hits.Scores.GetValueOrDefault(domain));
                found.Add(domain);
            }
        }

        return found;
    }

    private IEnumerable<int> DomainsOf(DnsTunnelFinding finding) => finding.RelatedDomains.Prepend(finding.Domain).Select(context.DomainOf);

    private List<DnsTunnelFinding> Detect(double threshold) => new TunnelDetector(new Judge(context.Model, threshold), all: false).Detect(_aggregator, context.Cancellation);
}
