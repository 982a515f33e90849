using System.Globalization;
using DnsTunnel.Wire;

namespace DnsTunnel.Detection;

/// <summary>Turns features into sentences with their numbers.</summary>
internal static class ReasonWriter
{
    /// <summary>A share under this is not worth a sentence.</summary>
    private const double MinContribution = 0.25;

    /// <summary>What speaks for a tunnel (or against one), the weightiest first; then what would have had to be different.</summary>
    public static string[] Write(FindingFacts facts, Judge judge, bool isTunnel)
    {
        var sentences = judge.Model.Explain(facts.Verdict.Features)
            .Where(f => isTunnel ? f.Contribution >= MinContribution : f.Contribution <= -MinContribution)
            .OrderByDescending(f => Math.Abs(f.Contribution))
            .Select(f => Sentence(f, facts))
            .OfType<string>()
            .ToList();
        if (facts.Domains.Length > 1) sentences.Add(Text($"the names are spread over {facts.Domains.Length:N0} domains of the same client and made alike"));
        if (facts.Tool is { } tool) sentences.Add(Text($"{tool.Names:N0} of {tool.Total:N0} names show a trait of {tool.Tool}: {tool.Trait.Description}"));
        if (isTunnel && WhatWouldClearIt(facts.Verdict, judge) is { } clearing) sentences.Add(clearing);
        if (facts.Verdict.Past is { } past) sentences.Add(past.Reason);
        return [.. sentences];
    }

    private static string? Sentence(TunnelFeature feature, FindingFacts facts)
    {
        var names = facts.Verdict.Features[(int)TunnelFeatureKind.UniqueNames];
        return feature.Kind switch
        {
            TunnelFeatureKind.InformationBytes => Text($"the {names:N0} new names can carry {feature.Value:N0} bytes{Span(facts.Verdict.Window)}"),
            TunnelFeatureKind.UniqueNames => Text($"{names:N0} different names or answers were seen{Span(facts.Verdict.Window)}"),
            TunnelFeatureKind.BitsPerName => Text($"a name carries {feature.Value:N0} bits on average; names of hosts and services seldom carry over 30"),
            TunnelFeatureKind.AnswerBytes => Text($"{feature.Value:N0} bytes came back in answers that were new each time{Span(facts.Verdict.Window)}"),
            TunnelFeatureKind.CarrierTypeShare => Text($"{feature.Value:P0} of the names were asked for with {Carriers(facts.Volumes)}, which can carry data back and which hosts hardly ask for"),
            TunnelFeatureKind.ReusedShare => Text($"{feature.Value:P0} of the names were asked for again later, as ordinary names are"),
            TunnelFeatureKind.ParentsPerName => Text($"{feature.Value:0.0} labels a name are new besides the first; ordinary names share theirs"),
            TunnelFeatureKind.RandomShare => Text($"{feature.Value:P0} of the names are letters and digits at random"),
            TunnelFeatureKind.GuessedShare => Text($"{feature.Value:P0} of the names are ordinary words and do not exist, as when names are guessed from a list"),
            TunnelFeatureKind.VisitedShare => Text($"{feature.Value:P0} of the names are ordinary words asked for with A and with AAAA or HTTPS, as programs do that connect"),
            TunnelFeatureKind.ServiceShare => Text($"{feature.Value:P0} of the names stand under a label of a service such as _domainkey, as those that mail servers ask for do"),
            TunnelFeatureKind.TimescaleHours => Span(facts.Verdict.Window) is { Length: > 0 } span ? Text($"the {names:N0} new names came{span}, which is slow") : null,
            TunnelFeatureKind.ClientCount => feature.Value > 1 ? Text($"{feature.Value:N0} clients ask this domain for as many names") : null,
            TunnelFeatureKind.DomainCount => null,
            TunnelFeatureKind.PeerCount => Text($"the client asked {feature.Value:N0} other domains for as many names"),
            _ => throw new ArgumentOutOfRangeException(nameof(feature)),
        };
    }

    private static string? WhatWouldClearIt(Verdict verdict, Judge judge)
    {
        var shape = judge.Model.ShapeOf(TunnelFeatureKind.InformationBytes);
        var needed = Math.Log(judge.Threshold / Math.Max(1e-9, 100 - judge.Threshold));
        var spare = verdict.LogOdds - needed;
        if (shape?.ValueBelow(shape.At(verdict.Features[(int)TunnelFeatureKind.InformationBytes]) - spare) is not { } bytes) return null;
        return Text($"with all else equal, names that carry under {bytes:N0} bytes would stay under the threshold");
    }

    private static string Carriers(DomainVolume[] volumes) => string.Join(", ", volumes
        .SelectMany(v => v.QueryTypes)
        .Where(t => DnsTypes.TryParse(t.Key, out var type) && CarrierTypes.Contains(type))
        .GroupBy(t => t.Key, (type, counts) => (Type: type, Count: counts.Sum(c => c.Value)))
        .OrderByDescending(t => t.Count)
        .Take(3)
        .Select(t => t.Type));

    private static string Span(in NameWindow window)
    {
        var span = TimeSpan.FromTicks(window.End - window.Start);
        if (span <= TimeSpan.Zero) return string.Empty;
        if (span.TotalSeconds < 120) return Text($" in {Math.Max(1, span.TotalSeconds):0} s");
        return span.TotalMinutes < 180 ? Text($" in {span.TotalMinutes:0} min") : Text($" in {span.TotalHours:0} h");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
