namespace DnsTunnel.ClickHouse;

/// <summary>A ClickHouse server did not do what it was asked. The message never holds a password.</summary>
internal sealed class ClickHouseException(ClickHouseError error, string message, Exception? inner = null) : Exception(message, inner)
{
    public ClickHouseError Error { get; } = error;

    /// <summary>Whether the same may go well in a while.</summary>
    public bool IsTransient => Error is ClickHouseError.ServerNotReachable or ClickHouseError.ServerLost;
}
