using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Response.Steps;

/// <summary>
/// A change that a script makes. The same three scripts run here, through a session, or in the hands of others (-AsScript). Values
/// from outside get into them by <see cref="ShellText"/> and <see cref="PowerShellText"/> only.
/// </summary>
internal sealed class ScriptStep : IResponseStep
{
    /// <summary>The name in the journal.</summary>
    public const string KindName = "Script";

    /// <summary>What the inspecting script prints when there is nothing of the change.</summary>
    public const string Absent = "absent";

    private const string FinishesKey = "finishes";

    private readonly bool _finishes;

    /// <summary>Makes a step of scripts.</summary>
    /// <param name="language">What they are written in.</param>
    /// <param name="apply">Makes the change or ends with another exit code than 0. Shown to users line by line.</param>
    /// <param name="inspect">Prints <see cref="Absent"/>, or a description that stays the same while nobody touches the change.</param>
    /// <param name="undo">Takes the change back; succeeds when there is nothing to take back. Empty: it cannot be taken back.</param>
    /// <param name="finishes">Whether undo has something left to do when nothing is to be seen of the change: it may have died half way.</param>
    public ScriptStep(ScriptLanguage language, string apply, string inspect, string undo, bool finishes = false)
    {
        (Language, ApplyScript, InspectScript, UndoScript) = (language, apply.ReplaceLineEndings("\n").TrimEnd('\n'), inspect, undo);
        _finishes = finishes;
        Changes = ApplyScript.Split('\n');
    }

    public ScriptStep(StepRecord record)
        : this(Enum.TryParse<ScriptLanguage>(record.Value("language"), out var language) ? language : default,
            string.Join('\n', record.Changes), record.Value("inspect"), record.Value("undo"), record.State!.ContainsKey(FinishesKey))
    {
    }

    public ScriptLanguage Language { get; }
    public string ApplyScript { get; }
    public string InspectScript { get; }
    public string UndoScript { get; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public string[] Changes { get; }

    /// <inheritdoc/>
    public bool IsReversible => UndoScript.Length > 0;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> State
    {
        get
        {
            var state = new Dictionary<string, string> { ["language"] = Language.ToString(), ["inspect"] = InspectScript, ["undo"] = UndoScript };
            if (_finishes) state[FinishesKey] = "yes";
            return state;
        }
    }

    /// <inheritdoc/>
    public void Apply(StepContext context) => Run(ApplyScript, context);

    /// <inheritdoc/>
    public string? Inspect(StepContext context)
    {
        var output = Run(InspectScript, context).Trim();
        return output == Absent ? null : output;
    }

    /// <inheritdoc/>
    public string? Undo(string? left, StepContext context)
    {
        if (!IsReversible) return "What was done has no way back.";
        var now = Inspect(context);
        if (now is null)
        {
            if (_finishes) Run(UndoScript, context);
            return left is null ? null : "It was not there any more.";
        }
        if (left is not null && now != left && !context.Force)
        {
            throw new ResponseException(ResponseError.ResponseChanged,
                $"It cannot be undone: others have changed what it made. It was '{Printable.Text(left)}' and is '{Printable.Text(now)}'.");
        }
        Run(UndoScript, context);
        return left is null || now == left ? null : "Others had changed what it made; their changes went with it.";
    }

    private string Run(string script, StepContext context)
    {
        var (exitCode, output, error) = context.Runner.Run(Language, script, context.Token);
        if (exitCode == 0) return output;
        var text = error.Trim().Length > 0 ? error.Trim() : output.Trim();
        throw new ResponseException(ResponseError.CommandFailed, $"A command ended with exit code {exitCode}: {Printable.Text(text)}");
    }
}
