using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DnsTunnel.Capture.Live;

namespace DnsTunnel.PowerShell;

/// <summary>Completes interfaces by name, friendly name or description.</summary>
public sealed class CaptureInterfaceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        try
        {
            return [.. CaptureInterfaces.List()
                .Where(i => Has(i.Name, word) || Has(i.FriendlyName, word) || Has(i.Description, word))
                .Select(i => new CompletionResult(Quoted(i.FriendlyName), i.FriendlyName, CompletionResultType.ParameterValue, Describe(i)))];
        }
        catch (LiveCaptureException)
        {
            return [];
        }
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string Describe(DnsCaptureInterface i) =>
        string.Join(", ", new[] { i.Description.Length > 0 ? i.Description : i.Name, i.State.ToString() }.Concat(i.Addresses));

    private static string Quoted(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':') ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
