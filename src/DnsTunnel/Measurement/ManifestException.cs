namespace DnsTunnel.Measurement;

/// <summary>A manifest that cannot be used; the message names the line and the column.</summary>
internal sealed class ManifestException(string message) : FormatException(message);
