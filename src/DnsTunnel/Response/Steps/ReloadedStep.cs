using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Response.Steps;

/// <summary>A step after which, and after whose undoing, a server has to be told: a plain step for that would be undone too early.</summary>
internal sealed class ReloadedStep(IResponseStep inner, ScriptLanguage language, string reload) : IResponseStep
{
    /// <summary>The name in the journal.</summary>
    public const string KindName = "Reloaded";

    private const string InnerKey = "reloaded.kind", ReloadKey = "reloaded.script", LanguageKey = "reloaded.language";

    public ReloadedStep(StepRecord record) : this(
        StepKinds.Create(record with { Kind = record.Value(InnerKey), Changes = record.Changes[..^1] }),
        Enum.TryParse<ScriptLanguage>(record.Value(LanguageKey), out var language) ? language : default,
        record.Value(ReloadKey))
    {
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>The step that the server is told of.</summary>
    public IResponseStep Inner => inner;

    /// <inheritdoc/>
    public string[] Changes => [.. inner.Changes, reload];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> State => new Dictionary<string, string>(inner.State)
    {
        [InnerKey] = inner.Kind,
        [ReloadKey] = reload,
        [LanguageKey] = language.ToString(),
    };

    /// <inheritdoc/>
    public void Apply(StepContext context)
    {
        inner.Apply(context);
        if (Reload(context) is not { } failure) return;
        inner.Undo(null, context with { Token = CancellationToken.None });
        throw new ResponseException(ResponseError.CommandFailed, failure);
    }

    /// <inheritdoc/>
    public string? Inspect(StepContext context) => inner.Inspect(context);

    /// <inheritdoc/>
    public string? Undo(string? left, StepContext context)
    {
        var note = inner.Undo(left, context);
        // Also when there was nothing to undo: the process may have died right here the last time.
        return Reload(context) is { } failure ? $"{note} {failure} Tell the server by hand.".TrimStart() : note;
    }

    private string? Reload(StepContext context)
    {
        var (exitCode, output, error) = context.Runner.Run(language, reload, context.Token);
        return exitCode == 0 ? null : $"'{reload}' ended with exit code {exitCode}: {Printable.Text((error + output).Trim())}.";
    }
}
