using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

/// <summary>Completes a value from choices, by the value or what it says about it.</summary>
public abstract class ChoiceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        try
        {
            return [.. Choices(commandName, parameterName, fakeBoundParameters)
                .Where(choice => choice.Value.Contains(word, StringComparison.OrdinalIgnoreCase) || choice.Tip.Contains(word, StringComparison.OrdinalIgnoreCase))
                .Select(choice => new CompletionResult(Quoted(choice.Value), choice.Value, CompletionResultType.ParameterValue, choice.Tip.Length > 0 ? choice.Tip : choice.Value))];
        }
        catch (Exception)
        {
            // Whatever is wrong with a file or a device, the command itself tells it better than the Tab key.
            return [];
        }
    }

    private protected abstract IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound);

    /// <summary>Names come from outside: nothing but these characters stands in a command line as it is.</summary>
    private static string Quoted(string value) =>
        value.Length > 0 && char.IsAsciiLetterOrDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/') ? value : PowerShellText.Quote(value);
}
