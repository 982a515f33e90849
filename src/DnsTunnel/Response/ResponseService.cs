using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response;

/// <summary>
/// Carries responses out and takes them back. The journal is written and flushed before each step, so that whatever a crash leaves
/// behind can be undone; a second call finds what the first one did and does nothing. The journal is held all the while: of two
/// processes, one waits.
/// </summary>
internal sealed class ResponseService(ResponseJournal journal, IScriptRunner? runner = null)
{
    private readonly IScriptRunner _runner = runner ?? new LocalScriptRunner();

    /// <summary>The response that does already what is asked for, as the journal has it and the target shows it; null when none does.</summary>
    public DnsTunnelResponse? FindStanding(IResponseProvider provider, ResponseRequest request, CancellationToken cancellationToken) =>
        Same(journal.Read(cancellationToken), provider, request).FirstOrDefault(r => IsInForce(r, Context(cancellationToken)));

    /// <summary>Carries a request out, unless it stands already.</summary>
    /// <exception cref="ResponseException">It was refused or failed, and what was begun was taken back.</exception>
    public ResponseOutcome Apply(IResponseProvider provider, ResponseRequest request, CancellationToken cancellationToken)
    {
        using var session = journal.Open(cancellationToken);
        var context = Context(cancellationToken);
        if (Settle(session, provider, request, context) is { } standing) return new(standing, false);

        ResponseLimit.Check(session.Content, request, DateTime.UtcNow);
        while (session.Content.Find(request.Id) is not null) request = request with { Id = ResponseRequest.NewId() };
        var plan = provider.Plan(request);
        var response = NewResponse(provider, request, plan);
        try
        {
            for (var i = 0; i < plan.Steps.Count; i++)
            {
                response = session.Append(response.WithStep(i, step => step with { Begun = true }));
                plan.Steps[i].Apply(context);
                var left = plan.Steps[i].Inspect(context) ??
                    throw new ResponseException(ResponseError.ResponseNotEffective, $"Nothing is to be seen of '{plan.Steps[i].Changes.FirstOrDefault()}'.");
                response = response.WithStep(i, step => step with { Left = left });
            }
            plan.Check?.Invoke(context);
        }
        catch (Exception exception) when (exception is ResponseException or OperationCanceledException)
        {
            RollBack(session, response, exception.Message);
            throw;
        }
        return new(session.Append(response with { Status = DnsTunnelResponseStatus.Applied }), true);
    }

    /// <summary>Takes a response back, also one that a crash left half done.</summary>
    /// <exception cref="ResponseException">There is no such response, or it cannot be taken back; what could not be stays.</exception>
    public ResponseOutcome Undo(string id, CancellationToken cancellationToken, bool force = false)
    {
        // Asked first without the lock: a wrong id must not make a journal.
        Find(journal.Read(cancellationToken), journal, id);
        using var session = journal.Open(cancellationToken);
        var response = Find(session.Content, journal, id);
        if (!response.IsOpen) return new(response, false);
        if (response.Status == DnsTunnelResponseStatus.Applied && response.Steps.All(record => !StepKinds.Create(record).IsReversible))
            throw new ResponseException(ResponseError.ResponseIrreversible, $"{response.Action} of '{response.Target}' has no way back.");

        var note = TakeBack(session, response, Context(cancellationToken) with { Force = force });
        return new(session.Append(Undone(response, note)), true);
    }

    /// <summary>A response of the journal.</summary>
    /// <exception cref="ResponseException">There is none of that id.</exception>
    public static DnsTunnelResponse Find(JournalContent content, ResponseJournal journal, string id) => content.Find(id) ??
        throw new ResponseException(ResponseError.ResponseNotFound, $"The journal '{journal.FilePath}' has no response '{Printable.Text(id)}'.");

    private StepContext Context(CancellationToken token) => new(_runner, token);

    /// <summary>Brings the journal's word up to what is there; returns what does already what is asked for, or null.</summary>
    private static DnsTunnelResponse? Settle(JournalSession session, IResponseProvider provider, ResponseRequest request, StepContext context)
    {
        foreach (var response in Same(session.Content, provider, request))
        {
            if (IsInForce(response, context)) return response;
            // Half done by a process that died, or gone in part or whole: a clean start is surer than to mend it.
            TakeBack(session, response, context);
            session.Append(Undone(response, "It was not in force any more when it was asked for again."));
        }
        return null;
    }

    private static bool IsInForce(DnsTunnelResponse response, StepContext context) =>
        response.Status == DnsTunnelResponseStatus.Applied &&
        response.Steps.All(record => StepKinds.Create(record).Inspect(context) is { } now && (record.Left is null || now == record.Left));

    private static DnsTunnelResponse[] Same(JournalContent content, IResponseProvider provider, ResponseRequest request)
    {
        var paths = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return [.. content.Responses.Where(r => r.IsOpen && r.Action == request.Action && r.Target == request.Target &&
            r.ComputerName == request.ComputerName && r.Provider == provider.Name && string.Equals(r.Path, provider.Path, paths))];
    }

    private static DnsTunnelResponse NewResponse(IResponseProvider provider, ResponseRequest request, ResponsePlan plan)
    {
        var now = DateTime.UtcNow;
        return new()
        {
            Id = request.Id,
            Action = request.Action,
            Target = request.Target,
            Provider = provider.Name,
            Path = provider.Path,
            ComputerName = request.ComputerName,
            Status = DnsTunnelResponseStatus.Pending,
            Steps = [.. plan.Steps.Select(StepRecord.From)],
            Changes = plan.Changes,
            Timestamp = now,
            ExpiresAt = now + request.ExpiresAfter,
            Score = request.Score,
            Reasons = request.Reasons,
            Clients = request.Clients,
        };
    }

    private void RollBack(JournalSession session, DnsTunnelResponse response, string reason)
    {
        try
        {
            TakeBack(session, response, Context(CancellationToken.None));
            session.Append(response with { Status = DnsTunnelResponseStatus.Failed, Note = reason });
        }
        catch (ResponseException exception)
        {
            // It stays open, so that undo can be tried again.
            session.Append(response with { Note = $"{reason} It could not be taken back: {exception.Message}" });
        }
    }

    /// <summary>Undoes the steps that were begun, the last one first.</summary>
    private static string? TakeBack(JournalSession session, DnsTunnelResponse response, StepContext context)
    {
        // From here on it is not whole, and a reader should not think so. After a crash, undo starts again and finds the rest.
        if (response.Status == DnsTunnelResponseStatus.Applied && response.Steps.Length > 1)
            session.Append(response with { Status = DnsTunnelResponseStatus.Pending, Note = "It is being taken back." });
        var notes = new List<string>();
        foreach (var record in response.Steps.Where(record => record.Begun).Reverse())
        {
            if (StepKinds.Create(record).Undo(record.Left, context) is { } note) notes.Add(note);
        }
        return notes.Count == 0 ? null : string.Join(' ', notes);
    }

    private static DnsTunnelResponse Undone(DnsTunnelResponse response, string? note) =>
        response with { Status = DnsTunnelResponseStatus.Undone, UndoneAt = DateTime.UtcNow, Note = note };
}
