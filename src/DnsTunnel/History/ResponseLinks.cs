namespace DnsTunnel.History;

/// <summary>Tells which actions of the journal belong to a domain of the history. The journal stays the one record of them.</summary>
internal static class ResponseLinks
{
    /// <summary>Those on the domain itself, and those on its findings' clients since these were findings.</summary>
    public static DnsTunnelResponse[] Of(DnsDomainHistory history, IEnumerable<DnsTunnelResponse> responses) =>
        [.. responses.Where(response => response.Action == DnsTunnelAction.BlockDomain ? IsIn(response.Target, history.Domain) : history.Findings.Any(finding => IsOn(response, finding)))];

    private static bool IsIn(string name, string domain) =>
        name == domain || (domain != "." && name.EndsWith("." + domain, StringComparison.Ordinal));

    private static bool IsOn(DnsTunnelResponse response, DnsTunnelFindingHistory finding) =>
        finding.Client is { } client && response.Timestamp >= finding.FirstSeen
        && response.Clients.Append(response.Target).Contains(client, StringComparer.OrdinalIgnoreCase);
}
