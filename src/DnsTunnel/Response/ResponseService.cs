using DnsTunnel.Response.Journal;

namespace DnsTunnel.Response;

/// <summary>
/// Carries responses out and takes them back. The journal is written before a change and after it, so that whatever a crash leaves
/// behind can be undone; a second call finds what the first one did and does nothing.
/// </summary>
internal sealed class ResponseService(ResponseJournal journal)
{
    /// <summary>The response that blocks the domain already, as the journal has it and the target shows it; null when none does.</summary>
    public DnsTunnelResponse? FindStanding(IResponseProvider provider, BlockedDomain domain, CancellationToken cancellationToken) =>
        Open(journal.Read(cancellationToken), provider, domain).FirstOrDefault(provider.IsInForce);

    /// <summary>Blocks a domain, unless it is blocked already.</summary>
    /// <exception cref="ResponseException">It was refused or failed, and nothing was changed.</exception>
    public ResponseOutcome Block(IResponseProvider provider, ResponseRequest request, CancellationToken cancellationToken)
    {
        using var session = journal.Open(cancellationToken);
        if (Settle(session, provider, request.Domain) is { } standing) return new(standing, false);

        while (session.Content.Find(request.Id) is not null) request = request with { Id = Guid.NewGuid().ToString("N")[..8] };
        using var change = provider.Begin(request.Domain, request.Id, cancellationToken);
        var response = session.Append(new DnsTunnelResponse
        {
            Id = request.Id,
            Action = DnsTunnelAction.BlockDomain,
            Target = request.Domain.Text,
            Provider = provider.Name,
            Path = provider.Path,
            Status = DnsTunnelResponseStatus.Pending,
            Changes = change.Changes,
            Timestamp = DateTime.UtcNow,
            Score = request.Score,
            Reasons = request.Reasons,
            Clients = request.Clients,
        });
        try
        {
            change.Commit();
        }
        catch (ResponseException exception)
        {
            session.Append(response with { Status = DnsTunnelResponseStatus.Failed, Note = exception.Message });
            throw;
        }
        return new(session.Append(response with { Status = DnsTunnelResponseStatus.Applied }), true);
    }

    /// <summary>Takes a response back, also one that a crash left half done.</summary>
    /// <exception cref="ResponseException">There is no such response, or it cannot be taken back; nothing was changed.</exception>
    public ResponseOutcome Undo(string id, CancellationToken cancellationToken)
    {
        // Asked first without the lock: a wrong id must not make a journal.
        Find(journal.Read(cancellationToken), journal, id);
        using var session = journal.Open(cancellationToken);
        var response = Find(session.Content, journal, id);
        if (!response.IsOpen) return new(response, false);

        // No entry before this step: undone a second time, it finds nothing to remove and says so.
        var note = ResponseProviders.Create(response.Provider, response.Path).Undo(response, cancellationToken);
        return new(session.Append(Undone(response, note)), true);
    }

    /// <summary>A response of the journal.</summary>
    /// <exception cref="ResponseException">There is none of that id.</exception>
    public static DnsTunnelResponse Find(JournalContent content, ResponseJournal journal, string id) => content.Find(id) ??
        throw new ResponseException(ResponseError.ResponseNotFound, $"The journal '{journal.FilePath}' has no response '{Printable.Text(id)}'.");

    /// <summary>Brings the journal's word on the domain up to what the target shows; returns what blocks it, or null.</summary>
    private static DnsTunnelResponse? Settle(JournalSession session, IResponseProvider provider, BlockedDomain domain)
    {
        foreach (var response in Open(session.Content, provider, domain))
        {
            if (provider.IsInForce(response))
            {
                return response.Status == DnsTunnelResponseStatus.Applied
                    ? response
                    : session.Append(response with { Status = DnsTunnelResponseStatus.Applied });
            }
            session.Append(Undone(response, "It was not in force any more when the domain was to be blocked again."));
        }
        return null;
    }

    private static DnsTunnelResponse[] Open(JournalContent content, IResponseProvider provider, BlockedDomain domain)
    {
        var paths = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return [.. content.Responses.Where(r => r.IsOpen && r.Action == DnsTunnelAction.BlockDomain && r.Target == domain.Text &&
            r.Provider == provider.Name && string.Equals(r.Path, provider.Path, paths))];
    }

    private static DnsTunnelResponse Undone(DnsTunnelResponse response, string? note) =>
        response with { Status = DnsTunnelResponseStatus.Undone, UndoneAt = DateTime.UtcNow, Note = note };
}
