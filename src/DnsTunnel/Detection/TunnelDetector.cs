using System.Runtime.InteropServices;

namespace DnsTunnel.Detection;

/// <summary>Scores every domain (and client) in every window against the population of that window.</summary>
/// <param name="threshold">The score, 0 to 100, from which on a finding is a tunnel.</param>
/// <param name="all">Whether domains under the threshold are findings too.</param>
internal sealed class TunnelDetector(double threshold, bool all)
{
    private readonly Dictionary<(string Domain, string? Client), ScoredVolume> _strongest = [];

    /// <summary>One finding a domain and client, for its strongest window; the highest scores first.</summary>
    /// <param name="windows">The volumes of each window; gone through twice, so that only those of findings need be kept.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public List<DnsTunnelFinding> Detect(Func<IEnumerable<DomainVolume[]>> windows, CancellationToken cancellation)
    {
        foreach (var window in windows()) Score(window, cancellation);

        var volumes = _strongest.Keys.ToDictionary(k => k, _ => new List<DomainVolume>());
        var clients = _strongest.Keys.DistinctBy(k => k.Domain).ToDictionary(k => k.Domain, _ => new SortedSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var volume in windows().SelectMany(w => w))
        {
            if (volume.Client is not null && clients.TryGetValue(volume.Domain, out var asking)) asking.Add(volume.Client);
            if (volumes.TryGetValue((volume.Domain, volume.Client), out var own)) own.Add(volume);
        }

        return _strongest
            .Select(s => MakeFinding(s.Value, [.. volumes[s.Key].OrderBy(v => v.WindowStart)], [.. clients[s.Key.Domain]]))
            .OrderByDescending(f => f.Score)
            .ThenByDescending(f => f.BytesOut)
            .ThenBy(f => f.Domain, StringComparer.Ordinal)
            .ThenBy(f => f.Client, StringComparer.Ordinal)
            .ToList();
    }

    private void Score(DomainVolume[] window, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var population = new Population(window);
        var features = new List<TunnelFeature>();
        foreach (var volume in window)
        {
            cancellation.ThrowIfCancellationRequested();
            FeatureExtractor.Extract(volume, population, features);
            var logOdds = ScoredVolume.LogOddsOf(CollectionsMarshal.AsSpan(features));
            if (!all && ScoredVolume.ScoreOf(logOdds) < threshold) continue;
            var key = (volume.Domain, volume.Client);
            if (!_strongest.TryGetValue(key, out var strongest) || logOdds > strongest.LogOdds)
            {
                _strongest[key] = new ScoredVolume(volume, population, [.. features]);
            }
        }
    }

    private DnsTunnelFinding MakeFinding(ScoredVolume strongest, DomainVolume[] volumes, string[] clients)
    {
        var isTunnel = strongest.Score >= threshold;
        var bytesOut = volumes.Sum(v => v.InformationBytes);
        var severity = Rating.SeverityOf(isTunnel, bytesOut);
        return new DnsTunnelFinding
        {
            Domain = strongest.Volume.Domain,
            Client = strongest.Volume.Client,
            IsTunnel = isTunnel,
            Score = strongest.Score,
            Severity = severity,
            RiskScore = Rating.RiskOf(isTunnel, severity),
            WindowStart = strongest.Volume.WindowStart,
            WindowEnd = strongest.Volume.WindowEnd,
            QueryCount = strongest.Volume.QueryCount,
            UniqueNames = strongest.Volume.UniqueNames,
            BytesOut = bytesOut,
            BytesIn = volumes.Sum(v => v.ResponseBytes),
            Reasons = ReasonWriter.Write(strongest, isTunnel),
            Features = strongest.Features.ToDictionary(f => f.Kind.ToString(), f => new DnsTunnelFeature(f.Value, f.Contribution)),
            FirstSeen = volumes.Min(v => v.FirstSeen),
            LastSeen = volumes.Max(v => v.LastSeen),
            Clients = clients,
            Windows = volumes,
        };
    }
}
