namespace DnsTunnel.Monitoring.Sources;

/// <summary>How a source is.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Queries">That came from it.</param>
/// <param name="Dropped">Packets that were lost before they were read.</param>
/// <param name="Restarts">How often it was opened again.</param>
/// <param name="Problem">Why it gives nothing now; null while it is read.</param>
internal sealed record SourceState(string Name, long Queries, long Dropped, int Restarts, string? Problem);
