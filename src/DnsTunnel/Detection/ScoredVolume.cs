namespace DnsTunnel.Detection;

/// <summary>One window of a domain with what was measured.</summary>
internal sealed record ScoredVolume(DomainVolume Volume, Population Population, TunnelFeature[] Features)
{
    /// <summary>Natural logarithm of the odds that this is a tunnel.</summary>
    public double LogOdds { get; } = LogOddsOf(Features);

    /// <summary>The probability in per cent, to one decimal.</summary>
    public double Score => ScoreOf(LogOdds);

    public static double LogOddsOf(ReadOnlySpan<TunnelFeature> features)
    {
        var sum = FeatureExtractor.Prior;
        foreach (var feature in features) sum += feature.Contribution;
        return sum;
    }

    public static double ScoreOf(double logOdds) => Math.Round(100 / (1 + Math.Exp(-logOdds)), 1);
}
