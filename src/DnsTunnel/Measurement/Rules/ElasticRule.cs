using DnsTunnel.Names;

namespace DnsTunnel.Measurement.Rules;

/// <summary>
/// The condition of Elastic's anomaly job for DNS tunnelling: in a bucket of 15 minutes, the sorted distinct names of a registered
/// domain deflate to 350 bytes or more. Sources: packetbeat_dns_tunneling.json of elastic/kibana (high_info_content over
/// dns_question_etld, bucket_span 15m, results under 350 skipped); the value is computed in CUniqueStringFeatureData of
/// elastic/ml-cpp. What stands above 350 is then ranked by percentiles of the job's own past, which a capture does not hold: that part
/// is not reproduced, so the rule finds all that the job can find, and at least what it finds falsely.
/// </summary>
/// <param name="hits">Where findings go.</param>
/// <param name="isScheduled">
/// Whether the moment is that at which the job looks: 2 minutes (the delay of its data feed) after the end of the bucket. The rule that
/// reads its results runs each 15 minutes and may be as much later; that is not added.
/// </param>
internal sealed class ElasticRule(RuleHits hits, bool isScheduled) : IRule
{
    private const int Floor = 350;
    private const long BucketTicks = 15 * TimeSpan.TicksPerMinute;
    private const long DelayTicks = 2 * TimeSpan.TicksPerMinute;

    private readonly Dictionary<int, DeflatedNames> _bucket = [];
    private readonly Queue<(int Domain, long Due)> _waiting = new();
    private readonly HashSet<int> _met = [];
    private long _bucketEnd = long.MinValue;

    public void Add(in RuleQuery query)
    {
        while (_waiting.TryPeek(out var due) && due.Due <= query.Ticks) Look(query.Before);
        if (!query.HasDomain || _met.Contains(query.Domain)) return;
        if (query.Ticks >= _bucketEnd)
        {
            _bucket.Clear();
            _bucketEnd = ((query.Ticks / BucketTicks) + 1) * BucketTicks;
        }

        if (!_bucket.TryGetValue(query.Domain, out var names)) _bucket.Add(query.Domain, names = new DeflatedNames(Floor));
        if (!names.Add(DnsName.ToText(query.Name))) return;
        _met.Add(query.Domain);
        _bucket.Remove(query.Domain);
        if (isScheduled) _waiting.Enqueue((query.Domain, _bucketEnd + DelayTicks));
        else hits.Add(query.Domain, query.Before);
    }

    public void Complete(in Moment end)
    {
        while (_waiting.Count > 0) Look(end);
    }

    private void Look(in Moment now)
    {
        var (domain, due) = _waiting.Dequeue();
        hits.Add(domain, now with { Ticks = due });
    }
}
