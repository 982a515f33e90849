using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace DnsTunnel.PowerShell;

/// <summary>Completes ids of time zones, by id or name.</summary>
public sealed class TimeZoneCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return Zones()
            .Where(z => z.Id.Contains(word, StringComparison.OrdinalIgnoreCase) || z.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(z => new CompletionResult(Quote(z.Id), z.Id, CompletionResultType.ParameterValue, z.Name));
    }

    private static IEnumerable<(string Id, string Name)> Zones() => TimeZoneInfo.GetSystemTimeZones()
        .Select(z => (z.Id, z.DisplayName))
        .Prepend((TimeZoneTransformationAttribute.Local, $"The zone of this computer: {TimeZoneInfo.Local.DisplayName}"))
        .Prepend((TimeZoneInfo.Utc.Id, TimeZoneInfo.Utc.DisplayName))
        .DistinctBy(z => z.Item1);

    private static string Quote(string id) => id.Contains(' ', StringComparison.Ordinal) ? $"'{id}'" : id;
}
