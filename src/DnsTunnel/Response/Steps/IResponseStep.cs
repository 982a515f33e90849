namespace DnsTunnel.Response.Steps;

/// <summary>
/// One change that can be made, looked at and taken back. A step is data: <see cref="Kind"/>, <see cref="Changes"/> and
/// <see cref="State"/> are written to the journal before <see cref="Apply"/>, and <see cref="StepKinds"/> makes the same step of them
/// in another process, after a crash or a year later. So a step must know at planning time all that undoing takes.
/// </summary>
internal interface IResponseStep
{
    /// <summary>The name by which <see cref="StepKinds"/> makes it anew. Journals hold it: it stays.</summary>
    string Kind { get; }

    /// <summary>The exact lines, rules or commands, in printable characters: what -WhatIf shows.</summary>
    string[] Changes { get; }

    /// <summary>What undoing needs beside the changes.</summary>
    IReadOnlyDictionary<string, string> State { get; }

    /// <summary>Whether there is a way back.</summary>
    bool IsReversible => true;

    /// <summary>Makes the change: all of it or nothing, however the process ends.</summary>
    /// <exception cref="ResponseException">It could not be made, and nothing was changed.</exception>
    void Apply(StepContext context);

    /// <summary>
    /// What is there of the change now, in any words: the same ones as long as nobody touches it. Null when there is nothing of it.
    /// </summary>
    /// <exception cref="ResponseException">A part of it is gone or changed, or it cannot be looked at.</exception>
    string? Inspect(StepContext context);

    /// <summary>
    /// Takes the change back, and nothing else. Called a second time it finds nothing and changes nothing. Returns what there is to say
    /// about it, null when all was as it was left.
    /// </summary>
    /// <param name="left">What <see cref="Inspect"/> said right after the change; null when the process died before it could ask.</param>
    /// <param name="context">How to act; <see cref="StepContext.Force"/> takes back what others changed too.</param>
    /// <exception cref="ResponseException">Others changed it, or it cannot be taken back; nothing was changed.</exception>
    string? Undo(string? left, StepContext context);
}
