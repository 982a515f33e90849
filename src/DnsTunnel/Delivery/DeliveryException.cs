namespace DnsTunnel.Delivery;

/// <summary>A finding was not delivered. The message never holds a header, a credential, or a path of the receiver's address.</summary>
internal sealed class DeliveryException(DeliveryError error, string message, Exception? inner = null) : Exception(message, inner)
{
    public DeliveryError Error { get; } = error;

    /// <summary>Whether the same may go well in a while.</summary>
    public bool IsTransient => Error == DeliveryError.ReceiverNotReachable;

    /// <summary>How long the receiver asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
