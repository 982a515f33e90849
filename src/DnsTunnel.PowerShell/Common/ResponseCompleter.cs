using System.Collections;
using DnsTunnel.Response.Journal;

namespace DnsTunnel.PowerShell;

/// <summary>Completes ids and targets of responses, the latest first; to be undone, those that still hold.</summary>
public sealed class ResponseCompleter : ChoiceCompleter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private protected override IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound)
    {
        using var patience = new CancellationTokenSource(s_patience);
        return new ResponseJournal(BoundPath.Of(bound, nameof(ResponseCmdlet.JournalPath), DefaultPaths.Responses)).Read(patience.Token).Responses
            .Where(r => r.IsOpen || !command.StartsWith("Undo", StringComparison.OrdinalIgnoreCase))
            .Reverse()
            .Select(r => (parameter == nameof(GetDnsTunnelResponseCommand.Domain) ? r.Target : r.Id, FormattableString.Invariant($"{r}, {r.Timestamp:yyyy-MM-dd HH:mm} UTC")))
            .DistinctBy(c => c.Item1);
    }
}
