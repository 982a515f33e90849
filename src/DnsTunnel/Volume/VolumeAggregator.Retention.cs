using DnsTunnel.Detection;

namespace DnsTunnel.Volume;

/// <summary>For those that count on and on: parts of what is kept, and what is let go.</summary>
internal sealed partial class VolumeAggregator
{
    /// <summary>Names of domains and clients that nothing refers to any more may be as many as those in use, and this many.</summary>
    private const int SpareNames = 1 << 16;

    /// <summary>The volumes of some domains.</summary>
    /// <param name="domains">Their numbers, as in keys.</param>
    public IVolumeSource Only(IReadOnlySet<int> domains) => new Part(this, domains);

    /// <summary>The domain and client of a key.</summary>
    public (string Domain, string? Client) NamesOf(SummaryKey key) => (_domains[key.Domain], Clients[key.Client]);

    /// <summary>Drops the windows that ended by a time.</summary>
    /// <param name="ticks">UTC.</param>
    public void DropBefore(long ticks)
    {
        foreach (var window in _windows.Keys.TakeWhile(w => (w + 1) * _windowTicks <= ticks).ToList())
        {
            _summaries -= _windows[window].Count;
            foreach (var summary in _windows[window].Values) _entries -= summary.HeldEntries;
            _windows.Remove(window);
        }

        _currentWindow = long.MinValue;
        if (_entries < MaxEntries / 2) _sketchLimit = NameSketch.MaxCount;
    }

    /// <summary>Drops the names that no window has any more, when they are many. Keys that were given out mean nothing then.</summary>
    public void DropUnusedNames()
    {
        if (_domains.Count + Clients.Count <= SpareNames) return;
        var domains = _windows.Values.SelectMany(w => w.Keys).Select(k => k.Domain).ToHashSet();
        var clients = _windows.Values.SelectMany(w => w.Keys).Select(k => k.Client).ToHashSet();
        if (_domains.Count + Clients.Count - SpareNames <= 2 * (domains.Count + clients.Count)) return;
        (_domains, var newDomains) = _domains.Keep(domains);
        (Clients, var newClients) = Clients.Keep(clients);
        foreach (var window in _windows.Keys.ToList())
        {
            _windows[window] = _windows[window].ToDictionary(s => new SummaryKey(newDomains[s.Key.Domain], newClients[s.Key.Client]), s => s.Value);
        }

        _currentWindow = long.MinValue;
        newNames?.Clear();
    }

    private sealed class Part(VolumeAggregator whole, IReadOnlySet<int> domains) : IVolumeSource
    {
        public IEnumerable<DomainVolume> Select(DomainTally tally, bool all) => whole.Select(tally, all, domains);
    }
}
