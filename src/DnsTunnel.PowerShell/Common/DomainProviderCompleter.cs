using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DnsTunnel.Response.Domains;

namespace DnsTunnel.PowerShell;

/// <summary>Completes the ways to block a domain, by name or description.</summary>
public sealed class DomainProviderCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return DomainProvider.All
            .Where(p => p.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || p.Description.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(p => new CompletionResult(p.Name, p.Name, CompletionResultType.ParameterValue, p.Description));
    }
}
