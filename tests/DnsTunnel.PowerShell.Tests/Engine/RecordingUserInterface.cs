using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Records every line; takes the answers to prompts from <see cref="Answers"/> and fails a prompt that has none.</summary>
internal sealed class RecordingUserInterface : PSHostUserInterface
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <summary>All that was written to the host (Out-Default, Out-Host), as a user would see it.</summary>
    public string Text { get { lock (_gate) return _text.ToString(); } }

    public List<string> ErrorLines { get; } = [];
    public List<string> WarningLines { get; } = [];
    public List<string> VerboseLines { get; } = [];
    public List<string> DebugLines { get; } = [];
    public List<ProgressRecord> Progress { get; } = [];

    /// <summary>"caption|message" of each question asked, in order.</summary>
    public List<string> Prompts { get; } = [];

    /// <summary>The answers to come: a choice's label with or without its ampersand ("Yes"), or the line typed.</summary>
    public Queue<string> Answers { get; } = new();

    public override PSHostRawUserInterface RawUI { get; } = new RecordingRawUI();

    public void Clear()
    {
        lock (_gate)
        {
            _text.Clear();
            Progress.Clear();
            Prompts.Clear();
            foreach (var lines in new[] { ErrorLines, WarningLines, VerboseLines, DebugLines }) lines.Clear();
        }
    }

    public override void Write(string value) { lock (_gate) _text.Append(value); }
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);
    public override void WriteLine(string value) => Write(value + "\n");
    public override void WriteErrorLine(string value) => Add(ErrorLines, value);
    public override void WriteWarningLine(string message) => Add(WarningLines, message);
    public override void WriteVerboseLine(string message) => Add(VerboseLines, message);
    public override void WriteDebugLine(string message) => Add(DebugLines, message);
    public override void WriteProgress(long sourceId, ProgressRecord record) => Add(Progress, record);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var answer = Next(caption, message);
        for (var i = 0; i < choices.Count; i++)
        {
            if (choices[i].Label.Replace("&", "").Equals(answer.Replace("&", ""), StringComparison.OrdinalIgnoreCase)) return i;
        }
        throw new InvalidOperationException($"'{answer}' is none of {string.Join(", ", choices.Select(c => c.Label))}");
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        descriptions.ToDictionary(field => field.Name, field => PSObject.AsPSObject(Next(caption, field.Name)));

    public override string ReadLine() => Next("", "ReadLine");

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (var c in Next("", "ReadLineAsSecureString")) secret.AppendChar(c);
        return secret;
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

    private void Add<T>(List<T> list, T item) { lock (_gate) list.Add(item); }

    private string Next(string caption, string message)
    {
        Add(Prompts, $"{caption}|{message}");
        return Answers.TryDequeue(out var answer) ? answer : throw new InvalidOperationException($"No answer is scripted for: {caption} {message}");
    }
}
