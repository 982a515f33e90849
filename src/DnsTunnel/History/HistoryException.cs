namespace DnsTunnel.History;

/// <summary>The history cannot be used.</summary>
/// <param name="message">Why.</param>
/// <param name="isCorrupt">Whether it is no whole database.</param>
/// <param name="inner">What happened.</param>
internal sealed class HistoryException(string message, bool isCorrupt = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsCorrupt => isCorrupt;
}
