namespace DnsTunnel.Detection;

/// <summary>Judges every domain and client, then those domains together that may be one tunnel's.</summary>
/// <param name="judge">Holds the model and the threshold.</param>
/// <param name="all">Whether domains under the threshold are findings too.</param>
/// <param name="past">What was known before the run; null for nothing.</param>
internal sealed class TunnelDetector(Judge judge, bool all, IDomainPast? past = null)
{
    /// <summary>One finding a domain and client, for its strongest window; the highest scores first.</summary>
    /// <param name="source">The volumes of the run.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="only">Which domains and clients are judged, each for itself; null for all, and for those together that may be one tunnel's.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public List<DnsTunnelFinding> Detect(IVolumeSource source, CancellationToken cancellation, Func<string, string?, bool>? only = null)
    {
        var line = LineUp.Of(source, all || judge.Threshold <= 0, cancellation);
        var maker = new FindingMaker(judge, line);
        var (quiet, loud) = (new List<Suspect>(), new List<(Suspect Suspect, Verdict Verdict)>());
        var findings = new List<DnsTunnelFinding>();
        foreach (var suspect in line.Suspects)
        {
            cancellation.ThrowIfCancellationRequested();
            if (only is not null && !only(suspect.Domain, suspect.Client)) continue;
            var verdict = Of(suspect.Domain, judge.Of(suspect.Timeline, line.Around(suspect)));
            if (judge.IsTunnel(verdict))
            {
                loud.Add((suspect, verdict));
                continue;
            }

            quiet.Add(suspect);
            if (all) findings.Add(maker.Make(verdict, [suspect], []));
        }

        var siblings = LineUp.Siblings(loud.Select(l => l.Suspect)).SelectMany(g => g.Suspects, (g, s) => (Suspect: s, Group: g)).ToDictionary(p => p.Suspect, p => p.Group.Suspects);
        foreach (var (suspect, verdict) in loud) findings.Add(maker.Make(verdict, [suspect], siblings.GetValueOrDefault(suspect, [])));

        var found = findings.Where(f => f.IsTunnel).Select(f => f.Domain).ToHashSet(StringComparer.Ordinal);
        foreach (var group in only is null ? line.Groups([.. quiet.Where(s => !found.Contains(s.Domain))]) : [])
        {
            cancellation.ThrowIfCancellationRequested();
            var verdict = Of(group.Suspects.MaxBy(s => s.Timeline.Total.Bits)!.Domain, judge.Of(group.Timeline, group.Around));
            if (judge.IsTunnel(verdict)) findings.Add(maker.Make(verdict, group.Suspects, group.Suspects));
        }

        return findings
            .OrderByDescending(f => f.Score)
            .ThenByDescending(f => f.BytesOut)
            .ThenBy(f => f.Domain, StringComparer.Ordinal)
            .ThenBy(f => f.Client, StringComparer.Ordinal)
            .ToList();
    }

    private Verdict Of(string domain, Verdict verdict) => past?.Of(domain, verdict) is { } shift ? judge.Moved(verdict, shift) : verdict;
}
