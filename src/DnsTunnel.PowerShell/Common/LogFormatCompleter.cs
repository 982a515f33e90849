using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DnsTunnel.Logs;

namespace DnsTunnel.PowerShell;

/// <summary>Completes names of log formats, by name or description.</summary>
public sealed class LogFormatCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return DnsLogFormat.All
            .Where(f => f.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || f.Description.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(f => new CompletionResult(f.Name, f.Name, CompletionResultType.ParameterValue, f.Description));
    }
}
