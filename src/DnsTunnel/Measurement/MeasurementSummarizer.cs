namespace DnsTunnel.Measurement;

/// <summary>Sums up measurements by rule, in the order in which the rules first came.</summary>
internal sealed class MeasurementSummarizer
{
    private const double TicksPerWeek = 7.0 * TimeSpan.TicksPerDay;

    private static readonly double[] s_thresholds = [.. Enumerable.Range(1, 19).Select(i => 5.0 * i), 99];

    private readonly List<string> _rules = [];
    private readonly Dictionary<string, List<DnsTunnelMeasurement>> _measurements = new(StringComparer.Ordinal);

    public void Add(DnsTunnelMeasurement measurement)
    {
        if (!_measurements.TryGetValue(measurement.Rule, out var own))
        {
            _measurements.Add(measurement.Rule, own = []);
            _rules.Add(measurement.Rule);
        }

        own.Add(measurement);
    }

    public IEnumerable<DnsTunnelMeasurementSummary> Summarize() => _rules.Select(rule => Summarize(rule, _measurements[rule]));

    private static DnsTunnelMeasurementSummary Summarize(string rule, List<DnsTunnelMeasurement> all)
    {
        var tunnels = all.Where(m => m.Label == DnsTunnelLabel.Tunnel).ToList();
        var benign = all.Where(m => m.Label == DnsTunnelLabel.Benign).ToList();
        var found = tunnels.Where(m => m.Found == true).ToList();
        var rates = Rates(tunnels, m => m.Found == true);
        var benignFalse = benign.Sum(m => m.FalseDomainCount);
        var benignQueries = benign.Sum(m => m.QueryCount);
        var benignTicks = benign.Sum(m => m.ActiveTicks);
        return new DnsTunnelMeasurementSummary
        {
            Rule = rule,
            TunnelCaptures = tunnels.Count,
            FoundCaptures = found.Count,
            FoundRate = Mean(rates),
            FoundRates = rates,
            FalseDomainCount = all.Sum(m => m.FalseDomainCount),
            BenignCaptures = benign.Count,
            BenignQueries = benignQueries,
            BenignDuration = TimeSpan.FromTicks(benignTicks),
            FalsePerMillionQueries = benignQueries == 0 ? double.NaN : 1e6 * benignFalse / benignQueries,
            FalsePerWeek = benignTicks == 0 ? double.NaN : benignFalse * TicksPerWeek / benignTicks,
            MedianQueriesBefore = Median(found.Select(m => (double)m.QueriesBefore!)),
            MedianBytesBefore = Median(found.Select(m => (double)m.BytesBefore!)),
            MedianSecondsBefore = Median(found.Select(m => m.SecondsBefore!.Value)),
            Roc = all.Exists(m => m.Score is not null || m.OtherScores.Length > 0) ? [.. s_thresholds.Select(t => PointAt(t, all, tunnels))] : [],
        };
    }

    private static DnsTunnelRocPoint PointAt(double threshold, List<DnsTunnelMeasurement> all, List<DnsTunnelMeasurement> tunnels)
    {
        var others = all.Sum(m => m.OtherDomainCount);
        var falsely = all.Sum(m => m.OtherScores.Count(s => s >= threshold));
        return new DnsTunnelRocPoint(threshold, Mean(Rates(tunnels, m => m.Score >= threshold)), others == 0 ? double.NaN : (double)falsely / others, falsely);
    }

    private static SortedDictionary<string, double> Rates(List<DnsTunnelMeasurement> tunnels, Func<DnsTunnelMeasurement, bool> isFound)
    {
        var rates = new SortedDictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var tool in tunnels.GroupBy(m => m.Tool ?? string.Empty, StringComparer.OrdinalIgnoreCase)) rates[tool.Key] = (double)tool.Count(isFound) / tool.Count();
        return rates;
    }

    private static double Mean(IReadOnlyDictionary<string, double> rates) => rates.Count == 0 ? double.NaN : rates.Values.Average();

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return null;
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
