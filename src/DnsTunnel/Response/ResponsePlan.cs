using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response;

/// <summary>The steps of an action, in the order in which they are made; they are undone in the reverse order.</summary>
internal sealed record ResponsePlan(IReadOnlyList<IResponseStep> Steps)
{
    /// <summary>
    /// Asks, when all steps are made, whether the action works: throws <see cref="ResponseError.ResponseNotEffective"/> when it does not,
    /// and all steps are taken back. Null when nothing more can be asked than each step tells by itself.
    /// </summary>
    public Action<StepContext>? Check { get; init; }

    /// <summary>What the user should know before and after: what the action does not reach, what is left to do by hand.</summary>
    public string[] Notes { get; init; } = [];

    /// <summary>The exact lines, rules or commands of all steps.</summary>
    public string[] Changes => [.. Steps.SelectMany(step => step.Changes)];
}
