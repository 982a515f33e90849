using DnsTunnel.Names;
using DnsTunnel.Processes;
using DnsTunnel.Tools;

namespace DnsTunnel.Detection;

/// <summary>Makes findings of verdicts.</summary>
internal sealed class FindingMaker(Judge judge, LineUp line)
{
    private readonly ILookup<string, Suspect> _byDomain = line.Suspects.ToLookup(s => s.Domain, StringComparer.Ordinal);

    /// <param name="verdict">On the names of all suspects together.</param>
    /// <param name="suspects">Domains of one client, or clients of one domain.</param>
    /// <param name="related">Whose names are made like theirs.</param>
    public DnsTunnelFinding Make(Verdict verdict, Suspect[] suspects, Suspect[] related)
    {
        var leader = suspects.MaxBy(s => s.Timeline.Total.Bits)!;
        var domains = suspects.Select(s => s.Domain).Distinct(StringComparer.Ordinal).ToArray();
        var volumes = suspects.SelectMany(s => s.Volumes).OrderBy(v => v.WindowStart).ToArray();
        var strongest = volumes.Where(v => v.FirstSeen.Ticks <= verdict.Window.End && v.LastSeen.Ticks >= verdict.Window.Start).DefaultIfEmpty(volumes[0]).ToArray();
        var isTunnel = judge.IsTunnel(verdict);
        var bytesOut = BytesOut(suspects);
        var severity = Rating.SeverityOf(isTunnel, bytesOut);
        var tool = ToolOf(suspects);
        var facts = new FindingFacts(verdict, strongest, domains, tool);
        return new DnsTunnelFinding
        {
            Domain = leader.Domain,
            RelatedDomains = [.. related.Select(s => s.Domain).Where(d => d != leader.Domain).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Client = suspects.Select(s => s.Client).Distinct().Count() == 1 ? leader.Client : null,
            IsTunnel = isTunnel,
            Score = verdict.Score,
            Severity = severity,
            RiskScore = Rating.RiskOf(isTunnel, severity),
            WindowStart = strongest.Min(v => v.WindowStart),
            WindowEnd = strongest.Max(v => v.WindowEnd),
            Timescale = Timescales.All[verdict.Window.Scale],
            FirstDetected = verdict.FirstReached is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null,
            QueryCount = strongest.Sum(v => v.QueryCount),
            UniqueNames = Timeline.Names(strongest),
            BytesOut = bytesOut,
            BytesIn = volumes.Sum(v => v.ResponseBytes),
            Reasons = ReasonWriter.Write(facts, judge, isTunnel),
            Features = FeaturesOf(verdict),
            SampleNames = [.. volumes.SelectMany(v => v.Summary?.SampleNames ?? []).Take(MaxSamples).Select(n => DnsName.ToText(n))],
            Tool = tool?.Tool,
            FirstSeen = volumes.Min(v => v.FirstSeen),
            LastSeen = volumes.Max(v => v.LastSeen),
            Clients = [.. domains.SelectMany(d => _byDomain[d]).Select(s => s.Client).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            Processes = [.. volumes.SelectMany(v => v.Summary?.Processes ?? []).Select(p => ProcessText.Of(p.Path, p.Name, p.Id)).OfType<string>().Distinct(StringComparer.Ordinal).Take(MaxProcesses)],
            Exception = suspects.Select(s => s.Timeline.Exception).FirstOrDefault(e => e is not null)?.ToString(),
            Windows = volumes,
        };
    }

    private const int MaxSamples = 5;
    private const int MaxProcesses = 16;

    private Dictionary<string, DnsTunnelFeature> FeaturesOf(Verdict verdict)
    {
        var features = judge.Model.Explain(verdict.Features).ToDictionary(f => f.Kind.ToString(), f => new DnsTunnelFeature(f.Value, f.Contribution));
        if (verdict.Past is { } past) features["DomainPast"] = new DnsTunnelFeature(past.DaysKnown, past.LogOdds);
        return features;
    }

    private static ToolSighting? ToolOf(Suspect[] suspects)
    {
        var tally = new ToolTally();
        foreach (var suspect in suspects)
        {
            foreach (var name in suspect.Timeline.Events) tally.Add(suspect.Domain, name.Tool, name.Sums.Names);
        }

        return tally.Tell();
    }

    /// <summary>Names that several windows share count once.</summary>
    private static long BytesOut(Suspect[] suspects) => (long)Math.Ceiling(suspects.Sum(s => s.Timeline.Bits) / 8);
}
