namespace DnsTunnel.Report;

/// <summary>A client and what its findings add up to.</summary>
internal sealed record Talker(string Client, int Findings, long BytesOut, long BytesIn, double HighestScore)
{
    private const int Most = 20;

    /// <summary>The clients through whose tunnels most can have left.</summary>
    public static Talker[] Top(IEnumerable<DnsTunnelFinding> findings) => [.. findings
        .Where(finding => finding.IsTunnel)
        .GroupBy(finding => finding.Client ?? "several clients", StringComparer.Ordinal)
        .Select(group => new Talker(group.Key, group.Count(), group.Sum(f => f.BytesOut), group.Sum(f => f.BytesIn), group.Max(f => f.Score)))
        .OrderByDescending(talker => talker.BytesOut).ThenBy(talker => talker.Client, StringComparer.Ordinal)
        .Take(Most)];
}
