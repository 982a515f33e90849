using System.Collections;
using DnsTunnel.History;

namespace DnsTunnel.PowerShell;

/// <summary>Completes domains of earlier findings, the latest first, from the history.</summary>
public sealed class EarlierDomainCompleter : ChoiceCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound)
    {
        var history = new HistoryFile(BoundPath.Of(bound, nameof(GetDnsDomainHistoryCommand.HistoryPath), DefaultPaths.History));
        return history.Exists ? history.Read(connection => new HistoryReader(connection).FoundDomains()).Select(f => (f.Domain, Describe(f.Score, f.LastSeen))) : [];
    }

    private static string Describe(double score, DateTime last) => FormattableString.Invariant($"Score {score:0.#}, last found {last:yyyy-MM-dd HH:mm} UTC");
}
