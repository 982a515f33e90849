namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>A file to write.</summary>
internal sealed record ScheduleFile(string Path, string Content);
