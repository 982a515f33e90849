using DnsTunnel.Detection;
using DnsTunnel.History;

namespace DnsTunnel.Monitoring;

/// <summary>
/// The history as a monitor uses it: verdicts know the past of domains, and what was counted and found goes into it with each look at all.
/// What goes wrong with it is told, and never ends the watch.
/// </summary>
/// <param name="file">The history.</param>
/// <param name="isUpdated">Whether it is written.</param>
internal sealed class MonitorHistory(HistoryFile file, bool isUpdated)
{
    private readonly Dictionary<(string Domain, string? Client), DnsTunnelFinding> _found = [];
    private readonly List<string> _troubles = [];
    private string? _readTrouble, _writeTrouble;

    /// <summary>Windows that end later may have changed since they were written; in ticks, UTC.</summary>
    private long _changedSince = long.MaxValue;

    /// <summary>Notes that a query counts.</summary>
    public void Note(long ticks) => _changedSince = Math.Min(_changedSince, ticks);

    /// <summary>Findings in the light of the past; without it when it cannot be read.</summary>
    /// <param name="detect">Is given the past.</param>
    /// <param name="threshold">The score, 0 to 100.</param>
    /// <param name="start">Of what is judged, UTC: the past ends there.</param>
    public List<DnsTunnelFinding> Detect(Func<IDomainPast?, List<DnsTunnelFinding>> detect, double threshold, DateTime start)
    {
        var findings = Attempt(ref _readTrouble, () => file.Exists ? file.Read(connection => detect(new DomainPast(new HistoryReader(connection), threshold, start))) : null) ?? detect(null);
        if (!isUpdated) return findings;
        foreach (var finding in findings) _found[(finding.Domain, finding.Client)] = finding;
        return findings;
    }

    /// <summary>Writes what was counted and found since the last time.</summary>
    /// <param name="windows">All that are held; those that did not change are left out.</param>
    /// <param name="cancellation">Ends the waiting for another process.</param>
    public void Write(IEnumerable<DomainVolume[]> windows, CancellationToken cancellation)
    {
        if (!isUpdated || _changedSince == long.MaxValue) return;
        var changed = windows.Where(w => w.Length > 0 && w[0].WindowEnd.Ticks > _changedSince);
        var isWritten = Attempt(ref _writeTrouble, () =>
        {
            var aside = file.Write((connection, transaction) => new HistoryWriter(connection, transaction).Write(changed, _found.Values), cancellation);
            if (aside is not null) _troubles.Add($"The history was corrupt. It lies at '{aside}' now, and a new one begins.");
            return true;
        });
        if (!isWritten) return;
        _changedSince = long.MaxValue;
        _found.Clear();
    }

    /// <summary>What has gone wrong since the last time: sentences.</summary>
    public IReadOnlyList<string> TakeTroubles()
    {
        string[] troubles = [.. _troubles];
        _troubles.Clear();
        return troubles;
    }

    /// <summary>The same trouble is told once, until it has passed.</summary>
    private T? Attempt<T>(ref string? last, Func<T> work)
    {
        try
        {
            var result = work();
            last = null;
            return result;
        }
        catch (HistoryException exception)
        {
            if (exception.Message != last) _troubles.Add($"The history '{file.FilePath}' cannot be used: {exception.Message}. The monitor goes on without it.");
            last = exception.Message;
            return default;
        }
    }
}
