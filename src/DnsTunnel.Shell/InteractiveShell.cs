using System.Management.Automation.Language;

namespace DnsTunnel.Shell;

/// <summary>Reads, runs and shows until 'exit' or Ctrl+D.</summary>
internal sealed class InteractiveShell
{
    private readonly ShellSession _session;
    private readonly LineEditor _editor;
    private string _pending = "";

    public InteractiveShell(ShellSession session)
    {
        _session = session;
        _editor = new LineEditor(Complete);
    }

    public int Run(bool showBanner)
    {
        if (showBanner) _session.Host.UI.WriteLine($"DnsTunnel.Shell {_session.Host.Version.ToString(3)}. Get-Command -Module DnsTunnel lists the cmdlets; Tab completes; exit leaves.");
        while (_session.Host.RequestedExit is null && ReadStatement() is { } statement)
        {
            if (!string.IsNullOrWhiteSpace(statement)) _session.Run(shell => shell.AddScript(statement), addToHistory: true);
        }
        return _session.Host.RequestedExit ?? ExitCode.Success;
    }

    /// <summary>One statement, over as many lines as it takes; empty after Ctrl+C, null at the end of input.</summary>
    private string? ReadStatement()
    {
        _pending = "";
        while (true)
        {
            var (result, line) = _editor.ReadLine(_pending.Length == 0 ? "PS> " : ">> ");
            if (result == LineResult.EndOfInput) return null;
            if (result == LineResult.Cancelled) return "";
            // An empty line sends an unfinished statement off, so that its error shows and nobody is trapped.
            var statement = _pending + line;
            if (!IsIncomplete(statement) || (_pending.Length > 0 && line.Length == 0)) return statement;
            _pending = statement + "\n";
        }
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }

    private LineCompletion? Complete(string line, int cursor)
    {
        var completion = _session.Complete(_pending + line, _pending.Length + cursor);
        var start = completion.ReplacementIndex - _pending.Length;
        return start < 0 || completion.CompletionMatches.Count == 0
            ? null
            : new LineCompletion(start, completion.ReplacementLength, [.. completion.CompletionMatches.Select(match => match.CompletionText)]);
    }
}
