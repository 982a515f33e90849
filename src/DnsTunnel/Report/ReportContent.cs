namespace DnsTunnel.Report;

/// <summary>All that a report tells.</summary>
internal sealed record ReportContent(string Title, DateTime Made)
{
    /// <summary>The gravest first.</summary>
    public required IReadOnlyList<DnsTunnelFinding> Findings { get; init; }

    public IReadOnlyList<DnsTunnelResponse> Responses { get; init; } = [];

    public IReadOnlyList<ReportInput> Inputs { get; init; } = [];
}
