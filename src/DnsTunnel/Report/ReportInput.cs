namespace DnsTunnel.Report;

/// <summary>What is known of one source of the findings: its counts in a line, and what of it could not be seen; null when that is not known.</summary>
internal sealed record ReportInput(string Source, string Counts, string[]? Warnings);
