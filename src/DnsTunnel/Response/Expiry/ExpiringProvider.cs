using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Expiry;

/// <summary>
/// Puts a dead man's timer before the steps of another provider: armed first, so that no crash leaves the action without an end. It runs
/// the undoing scripts of the steps themselves where they are scripts, and the module where they are not.
/// </summary>
/// <param name="inner">What carries the action out.</param>
/// <param name="timer">The timer of the host.</param>
/// <param name="undoCommand">A command that undoes a response of an id with the module; null when there is none.</param>
internal sealed class ExpiringProvider(IResponseProvider inner, TimerKind timer, Func<string, string>? undoCommand) : IResponseProvider
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public string? Path => inner.Path;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var plan = inner.Plan(request);
        if (request.ExpiresAfter is not { } time) return plan;
        var language = timer == TimerKind.ScheduledTask ? ScriptLanguage.PowerShell : ScriptLanguage.Shell;
        var step = timer == TimerKind.ScheduledTask
            ? WindowsTimer.Step(request.Id, time, UndoScript(plan, request.Id, language))
            : LinuxTimer.Step(request.Id, time, UndoScript(plan, request.Id, language), timer);
        return plan with { Steps = [step, .. plan.Steps] };
    }

    private string UndoScript(ResponsePlan plan, string id, ScriptLanguage language)
    {
        if (plan.Steps.All(step => step is ScriptStep script && script.Language == language))
        {
            var (open, close) = language == ScriptLanguage.Shell ? ("(", ")") : ("& {", "}");
            return string.Join('\n', plan.Steps.Cast<ScriptStep>().Reverse().Select(step => $"{open}\n{step.UndoScript}\n{close}"));
        }
        return undoCommand?.Invoke(id) ?? throw new ResponseException(ResponseError.ExpiryNotPossible,
            "Nothing here can run the module when the time is over: no pwsh was found.");
    }
}
