using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace DnsTunnel.Shell;

/// <content>What is asked. Without a person at the keyboard every question is an error, as in pwsh -NonInteractive.</content>
internal sealed partial class ShellUserInterface
{
    private const string NobodyToAsk =
        "There is nobody to ask: standard input is not a terminal, or -NonInteractive was given. " +
        "Give all parameters, and -Confirm:$false where a confirmation is asked for.";

    public override string ReadLine() => ReadKeys(prompt: "", echo: null);

    public override SecureString ReadLineAsSecureString() => ReadSecret(prompt: "");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        var keys = choices.Select(HotKey).ToList();
        var labels = choices.Select((choice, i) => $"[{keys[i]}] {choice.Label.Replace("&", "")}");
        var hint = defaultChoice >= 0 ? $" (default is \"{keys[defaultChoice]}\")" : "";
        while (true)
        {
            var answer = ReadKeys($"{string.Join("  ", labels)}  [?] Help{hint}: ", echo: null).Trim();
            if (answer.Length == 0 && defaultChoice >= 0) return defaultChoice;
            if (answer == "?")
            {
                for (var i = 0; i < choices.Count; i++) WriteLine($"{keys[i]} - {choices[i].HelpMessage}");
                continue;
            }
            for (var i = 0; i < choices.Count; i++)
            {
                if (Same(answer, keys[i]) || Same(answer, choices[i].Label.Replace("&", ""))) return i;
            }
        }
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        return descriptions.ToDictionary(field => field.Name, field => PSObject.AsPSObject(Ask(field)));
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName)) userName = ReadKeys("User: ", echo: null);
        return new PSCredential(userName, ReadSecret($"Password for user {userName}: "));
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    /// <summary>The engine converts the text to the parameter's type; secrets and lists it wants as they are.</summary>
    private object Ask(FieldDescription field)
    {
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(PSCredential)) return PromptForCredential("", "", "", "");
        if (type != typeof(string) && typeof(IList).IsAssignableFrom(type))
        {
            var items = new List<string>();
            while (true)
            {
                var item = ReadKeys(string.Create(CultureInfo.InvariantCulture, $"{field.Name}[{items.Count}]: "), echo: null);
                if (item.Length == 0) return items.ToArray();
                items.Add(item);
            }
        }
        var prompt = $"{field.Name}: ";
        return type == typeof(SecureString) ? ReadSecret(prompt) : ReadKeys(prompt, echo: null);
    }

    private SecureString ReadSecret(string prompt)
    {
        var secret = new SecureString();
        foreach (var c in ReadKeys(prompt, echo: "*")) secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>
    /// Reads keys and not Console.ReadLine, which nothing can end: Ctrl+C at a question must stop the pipeline that asks. The prompt
    /// shows once Ctrl+C is a key, for whoever sees it may press it.
    /// </summary>
    private string ReadKeys(string prompt, string? echo)
    {
        RequireTerminal();
        var text = new StringBuilder();
        Console.TreatControlCAsInput = true;
        try
        {
            Write(prompt);
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                if (key is { Key: ConsoleKey.C or ConsoleKey.D, Modifiers: ConsoleModifiers.Control }) throw new PipelineStoppedException();
                if (key.Key == ConsoleKey.Enter) return text.ToString();
                if (key.Key == ConsoleKey.Backspace && text.Length > 0)
                {
                    text.Length--;
                    Write("\b \b");
                }
                else if (!char.IsControl(key.KeyChar))
                {
                    text.Append(key.KeyChar);
                    Write(echo ?? key.KeyChar.ToString());
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            WriteLine();
        }
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption)) WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
    }

    private void RequireTerminal()
    {
        EndProgress();
        if (nonInteractive) throw new PSInvalidOperationException(NobodyToAsk);
    }

    private static string HotKey(ChoiceDescription choice)
    {
        var ampersand = choice.Label.IndexOf('&');
        return ampersand >= 0 && ampersand < choice.Label.Length - 1 ? choice.Label.Substring(ampersand + 1, 1).ToUpperInvariant() : choice.Label;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
