using System.Collections;
using DnsTunnel.Logs;

namespace DnsTunnel.PowerShell;

/// <summary>Completes names of log formats, by name or description.</summary>
public sealed class LogFormatCompleter : ChoiceCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound) =>
        DnsLogFormat.All.Select(f => (f.Name, f.Description));
}
