namespace DnsTunnel.History;

/// <summary>What the history says beside the reasons of a finding. It moves no score: a domain that was noisy when it was new is no friend for that.</summary>
internal static class HistoryReasons
{
    /// <param name="finding">It gets one reason more.</param>
    /// <param name="history">Before this run; null for a domain that was not known.</param>
    public static void Add(DnsTunnelFinding finding, DnsDomainHistory? history)
    {
        if (history is null || history.FirstSeen >= finding.FirstSeen.AddSeconds(-1))
        {
            finding.AddReason("the history knows no earlier query for the domain");
            return;
        }

        var days = (finding.FirstSeen - history.FirstSeen).TotalDays;
        var earlier = history.Findings.Length == 0 ? "" : $"; it was a finding before ({history.Findings[0].Status.ToString().ToLowerInvariant()})";
        finding.AddReason(FormattableString.Invariant(
            $"the domain was first seen on {history.FirstSeen:yyyy-MM-dd}, {days:N0} days before, and on {history.Days.Length:N0} days in all{earlier}"));
    }
}
