namespace DnsTunnel.Models;

/// <summary>A capture or log that a model was trained on.</summary>
/// <param name="Path">As in its manifest.</param>
/// <param name="Label">As in its manifest.</param>
/// <param name="Sha256">Of the file, hexadecimal.</param>
internal sealed record ModelSource(string Path, string Label, string Sha256);
