namespace DnsTunnel.Processes;

/// <summary>The process behind a socket; null of what the system does not tell.</summary>
internal sealed record AskingProcess(int? Id, string? Name, string? Path, string? UserName);
