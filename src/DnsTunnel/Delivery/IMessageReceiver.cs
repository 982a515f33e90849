namespace DnsTunnel.Delivery;

/// <summary>Takes messages over the network.</summary>
internal interface IMessageReceiver : IDisposable
{
    /// <summary>Who it is, for people; without secrets.</summary>
    string Name { get; }

    /// <summary>Ends the names of files that hold its messages.</summary>
    string FileExtension { get; }

    /// <summary>Sends a message, once.</summary>
    /// <exception cref="DeliveryException">It did not arrive, as far as one can know.</exception>
    Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
