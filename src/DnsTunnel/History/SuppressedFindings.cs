using DnsTunnel.Detection;

namespace DnsTunnel.History;

/// <summary>Finds out which findings of earlier runs are none any more because an exception covers their names.</summary>
internal static class SuppressedFindings
{
    /// <param name="open">Findings of the history that are new or ongoing.</param>
    /// <param name="findings">Of this run.</param>
    /// <param name="windows">The volumes of this run.</param>
    /// <param name="judge">Of this run.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<DnsTunnelFinding> Find(
        IEnumerable<(string Domain, string? Client)> open, IReadOnlyCollection<DnsTunnelFinding> findings, Func<IEnumerable<DomainVolume[]>> windows, Judge judge, CancellationToken cancellation)
    {
        var missing = open.ToHashSet();
        missing.ExceptWith(findings.Select(f => (f.Domain, f.Client)));
        if (missing.Count == 0) return [];
        var domains = missing.Select(m => m.Domain).ToHashSet(StringComparer.Ordinal);
        var volumes = new ListedVolumes(() => windows().Select(window => window.Where(v => domains.Contains(v.Domain)).ToArray()));
        return new TunnelDetector(judge, all: true)
            .Detect(volumes, cancellation, (domain, client) => missing.Contains((domain, client)) || missing.Contains((domain, null)))
            .Where(f => f is { IsTunnel: false, Exception: not null });
    }
}
