namespace DnsTunnel.Response;

/// <summary>
/// One way to block a domain, on one target (a file, a service). It keeps no state: what undo needs is in the response that the
/// journal holds. All members throw <see cref="ResponseException"/> for what they refuse or cannot do, and then have changed nothing.
/// </summary>
internal interface IResponseProvider
{
    /// <summary>What users and the journal call it.</summary>
    string Name { get; }

    /// <summary>What it changes.</summary>
    string Path { get; }

    /// <summary>The exact changes that blocking would make now. Changes nothing, locks nothing.</summary>
    string[] Preview(BlockedDomain domain, string id);

    /// <summary>Takes the lock of the target and works the changes out; they are made by <see cref="IResponseChange.Commit"/>.</summary>
    IResponseChange Begin(BlockedDomain domain, string id, CancellationToken cancellationToken);

    /// <summary>Whether what the response wrote is there: all of it, or nothing. Changes nothing, locks nothing.</summary>
    bool IsInForce(DnsTunnelResponse response);

    /// <summary>Takes back what the response wrote and nothing else; returns what there is to say about it, null when all was as it was left.</summary>
    string? Undo(DnsTunnelResponse response, CancellationToken cancellationToken);
}
