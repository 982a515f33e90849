namespace DnsTunnel.Shell;

/// <summary>The part of a line to replace, and what can stand there.</summary>
internal sealed record LineCompletion(int Start, int Length, IReadOnlyList<string> Choices);
