namespace DnsTunnel.Response.Steps;

/// <summary>A step as the journal holds it.</summary>
internal sealed record StepRecord
{
    public required string Kind { get; init; }
    public required string[] Changes { get; init; }
    public Dictionary<string, string>? State { get; init; }

    /// <summary>Whether it was begun; written before the step is made.</summary>
    public bool Begun { get; init; }

    /// <summary>What the step said of itself when it was made; null when that is not known.</summary>
    public string? Left { get; init; }

    public static StepRecord From(IResponseStep step) => new()
    {
        Kind = step.Kind,
        Changes = step.Changes,
        State = step.State.Count == 0 ? null : new Dictionary<string, string>(step.State),
    };

    /// <summary>A value of the state.</summary>
    /// <exception cref="ResponseException">The journal does not have it.</exception>
    public string Value(string name) => State?.GetValueOrDefault(name) ??
        throw new ResponseException(ResponseError.JournalNotReadable, $"The journal has a step '{Printable.Text(Kind)}' without '{name}'.");
}
