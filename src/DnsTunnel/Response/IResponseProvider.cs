namespace DnsTunnel.Response;

/// <summary>
/// One way to carry an action out, such as a policy zone or nftables. It only plans; what it plans are steps, and the journal, the order,
/// roll-back and undo are those of <see cref="ResponseService"/>. Undo never asks a provider: steps are made anew from the journal.
/// </summary>
internal interface IResponseProvider
{
    /// <summary>What users and the journal call it.</summary>
    string Name { get; }

    /// <summary>The file, service or rule set that it changes; null when there is no name for it.</summary>
    string? Path { get; }

    /// <summary>
    /// Works the steps out that would carry the request out now. Changes nothing and locks nothing: -WhatIf calls it too, and what it
    /// shows are the <see cref="Steps.IResponseStep.Changes"/> of the steps.
    /// </summary>
    /// <exception cref="ResponseException">It refuses, or what it needs is not there.</exception>
    ResponsePlan Plan(ResponseRequest request);
}
