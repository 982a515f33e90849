namespace DnsTunnel.Detection;

/// <summary>
/// Measures the domain (and client) of one window. Each contribution is in log-odds (natural logarithm); the weights of this first
/// detector are set by hand on the shape of the known tools and of ordinary traffic, not trained.
/// </summary>
internal static class FeatureExtractor
{
    /// <summary>A domain about which nothing else is known is no tunnel.</summary>
    public const double Prior = -4.5;

    /// <summary>Names of hosts and services seldom carry more.</summary>
    public const int OrdinaryBits = 27;

    /// <summary>Writes the features of a volume to a list that is emptied before.</summary>
    public static void Extract(DomainVolume v, Population population, List<TunnelFeature> features)
    {
        features.Clear();
        double names = Math.Max(1, v.UniqueNames);
        var bits = 8 * v.InformationBytes / names;
        double queries = Math.Max(1, v.QueryCount);
        var unique = v.UniqueNames / queries;
        var carriers = v.Types.Count(CarrierTypes.Contains) / queries;

        features.Add(new(TunnelFeatureKind.InformationBytes, v.InformationBytes, Math.Clamp(1.3 * Math.Log((v.InformationBytes + 1) / 256.0), -6, 6)));
        features.Add(new(TunnelFeatureKind.UniqueNames, v.UniqueNames, Math.Clamp(0.8 * Math.Log(names / 24), -3, 2)));
        features.Add(new(TunnelFeatureKind.BitsPerName, bits, Math.Clamp((bits - OrdinaryBits) / 12, -2, 2)));
        // Asking each name again costs a tunnel little, so repeats cannot clear it.
        features.Add(new(TunnelFeatureKind.UniqueShare, unique, Math.Clamp(3 * (unique - 0.6), -1, 1.2)));
        features.Add(new(TunnelFeatureKind.CarrierTypeShare, carriers, Math.Clamp(2.5 * (carriers - 0.2), 0, 2)));
        if (population.IsTelling)
        {
            var ratio = (v.InformationBytes + 1.0) / (population.MedianInformation + 1.0);
            features.Add(new(TunnelFeatureKind.InformationOverMedian, ratio, Math.Clamp(0.6 * Math.Log(ratio / 20), -1, 1.5)));
        }

        if (population.ClientCount > 1)
        {
            var clients = population.ClientsOf(v.Domain);
            features.Add(new(TunnelFeatureKind.ClientCount, clients, Math.Clamp(-0.8 * Math.Log(Math.Max(1, clients)), -3, 0)));
        }

        if (IsReverse(v)) features.Add(new(TunnelFeatureKind.ReverseLookups, v.UniqueNames, -5));
    }

    private static bool IsReverse(DomainVolume v) =>
        !v.HasFreeNames && (v.Domain.EndsWith(".in-addr.arpa", StringComparison.Ordinal) || v.Domain.EndsWith(".ip6.arpa", StringComparison.Ordinal));
}
