using System.Management.Automation;
using DnsTunnel.Response;
using DnsTunnel.Response.Expiry;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

/// <summary>Takes requests from the question to the journal, each target once in a pipeline.</summary>
internal sealed class ResponseRun(PSCmdlet cmdlet, CancellationToken token)
{
    private const string NoTimer = "Nothing on the host can end the action when its time is over: neither systemd nor the daemon of at runs.";

    private readonly HashSet<(DnsTunnelAction, string, string?)> _done = [];

    /// <summary>Shows the plan, asks, carries it out and emits the response.</summary>
    /// <param name="journal">Where it is written.</param>
    /// <param name="place">Where it is done.</param>
    /// <param name="provider">What carries it out.</param>
    /// <param name="request">What to do.</param>
    /// <param name="warning">What the user has to know before the answer; a sentence, or empty.</param>
    public void Act(ResponseJournal journal, ResponsePlace place, IResponseProvider provider, ResponseRequest request, string warning)
    {
        var key = (request.Action, request.Target, request.ComputerName);
        if (_done.Contains(key))
        {
            cmdlet.WriteVerbose($"'{request.Target}' came before in this pipeline: one action serves all.");
            return;
        }

        var service = new ResponseService(journal, place.Runner);
        if (service.FindStanding(provider, request, token) is { } standing)
        {
            _done.Add(key);
            WriteStanding(standing);
            return;
        }

        if (request.ExpiresAfter is not null)
        {
            // A preview shows all that it can, and what would stop it.
            if (place.Facts.Timer is null && IsPreview) warning += $" It would be refused: {NoTimer}";
            else provider = Expiring(provider, journal, place);
        }

        var plan = provider.Plan(request);
        RequireScripts(place, plan, request);
        if (Confirm(provider, request, plan, warning))
        {
            var outcome = service.Apply(provider, request, token);
            if (outcome.Changed) Write(outcome.Response, plan);
            else WriteStanding(outcome.Response);
        }
        _done.Add(key);
    }

    private bool IsPreview => LanguagePrimitives.IsTrue(
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var whatIf) ? whatIf : cmdlet.SessionState.PSVariable.GetValue("WhatIfPreference"));

    private ExpiringProvider Expiring(IResponseProvider provider, ResponseJournal journal, ResponsePlace place)
    {
        var timer = place.Facts.Timer ?? throw new ResponseException(ResponseError.ExpiryNotPossible, NoTimer);
        return new(provider, timer, place.IsLocal ? id => ModuleCommand.Undo(cmdlet, id, journal.FilePath)! : null);
    }

    private static void RequireScripts(ResponsePlace place, ResponsePlan plan, ResponseRequest request)
    {
        var language = place.Platform == DnsTunnelPlatform.Windows ? ScriptLanguage.PowerShell : ScriptLanguage.Shell;
        if (place.IsLocal || ScriptFile.Scripts(plan, language) is not null) return;
        throw new ResponseException(ResponseError.ActionNotPossible,
            $"{request.Action} of '{request.Target}' changes the file of a policy zone, which takes the module on the host where the file is: " +
            "run Invoke-DnsTunnelResponse there, or name a -Provider that works by commands.");
    }

    private bool Confirm(IResponseProvider provider, ResponseRequest request, ResponsePlan plan, string warning)
    {
        var on = request.ComputerName is null || request.ComputerName == request.Target ? "" : $" on '{request.ComputerName}'";
        var until = request.ExpiresAfter is { } time ? $" for {time}" : "";
        var deed = ResponseText.Deed(request.Action, request.Target) + on + until + ResponseText.Where(provider.Path);
        var rest = warning + ResponseText.Clients(request.Clients) + ResponseText.Notes(plan) + " Changes:" + ResponseText.Lines(plan.Changes);
        return cmdlet.ShouldProcess($"{deed}.{rest}", $"{deed}?{rest}", request.Action.ToString());
    }

    private void Write(DnsTunnelResponse response, ResponsePlan plan)
    {
        foreach (var note in plan.Notes) cmdlet.WriteVerbose(note);
        cmdlet.WriteObject(response);
    }

    /// <summary>Says that there is nothing to do, and emits what did it.</summary>
    public void WriteStanding(DnsTunnelResponse standing)
    {
        cmdlet.WriteWarning(ResponseText.Standing(standing));
        cmdlet.WriteObject(standing);
    }
}
