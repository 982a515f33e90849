using System.Globalization;

namespace DnsTunnel.Detection;

/// <summary>Turns features into sentences with their numbers.</summary>
internal static class ReasonWriter
{
    /// <summary>What speaks for a tunnel (or against one), the weightiest first; a share under this is not worth a sentence.</summary>
    private const double MinContribution = 0.25;

    public static string[] Write(ScoredVolume scored, bool isTunnel) => scored.Features
        .Where(f => isTunnel ? f.Contribution >= MinContribution : f.Contribution <= -MinContribution)
        .OrderByDescending(f => Math.Abs(f.Contribution))
        .Select(f => Sentence(f, scored.Volume, scored.Population))
        .ToArray();

    private static string Sentence(TunnelFeature feature, DomainVolume v, Population population) => feature.Kind switch
    {
        TunnelFeatureKind.InformationBytes => Text(
            $"the {v.UniqueNames:N0} distinct names can carry {v.InformationBytes:N0} bytes"),
        TunnelFeatureKind.UniqueNames => Text(
            $"{v.UniqueNames:N0} different names were asked for{Span(v)}"),
        TunnelFeatureKind.BitsPerName => Text(
            $"a name carries {feature.Value:N0} bits on average; names of hosts and services seldom carry over {FeatureExtractor.OrdinaryBits}"),
        TunnelFeatureKind.UniqueShare => Text(
            $"{feature.Value:P0} of the {v.QueryCount:N0} queries ask for a name that was not asked before; ordinary names are asked again"),
        TunnelFeatureKind.CarrierTypeShare => Text(
            $"{feature.Value:P0} of the queries ask for {CarrierTypes.NamesIn(v)}, which can carry data back and which hosts hardly ask for"),
        TunnelFeatureKind.InformationOverMedian => Text(
            $"its names carry {feature.Value:N0} times what those of the median of {population.DomainCount:N0} domains in the same traffic carry ({population.MedianInformation:N0} bytes)"),
        TunnelFeatureKind.ClientCount => Text(
            $"asked by {feature.Value:N0} of {population.ClientCount:N0} clients"),
        TunnelFeatureKind.ReverseLookups => Text(
            $"all {v.UniqueNames:N0} names are those of addresses (reverse look-ups)"),
        _ => throw new ArgumentOutOfRangeException(nameof(feature)),
    };

    private static string Span(DomainVolume v)
    {
        var span = v.LastSeen - v.FirstSeen;
        if (span <= TimeSpan.Zero) return string.Empty;
        return span.TotalSeconds < 120 ? Text($" in {Math.Max(1, span.TotalSeconds):0} s") : Text($" in {span.TotalMinutes:0} min");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
