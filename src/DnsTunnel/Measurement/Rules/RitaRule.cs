namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// RITA's "exploded DNS": 100 distinct names of a registered domain in 24 hours. Source: activecm/rita, c2_score_thresholds, base 100,
/// over a rolling data set of a day. The score rises from there to 1,000 names and is changed by 15 % for prevalence, age and answers
/// that nobody connected to; those are not reproduced.
/// </summary>
internal sealed class RitaRule(RuleHits hits) : IRule
{
    private readonly SlidingDistinct<int> _names = new(99, TimeSpan.TicksPerDay);

    public void Add(in RuleQuery query)
    {
        if (!query.HasDomain || hits.Contains(query.Domain) || !_names.Add(query.Domain, query.Hash, query.Ticks)) return;
        hits.Add(query.Domain, query.Before);
        _names.Forget(query.Domain);
    }

    public void Complete(in Moment end)
    {
    }
}
