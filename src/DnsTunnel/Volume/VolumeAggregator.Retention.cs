using System.Runtime.InteropServices;
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

    /// <summary>The domains whose names carried most in the windows that end after a time, all clients together, most first.</summary>
    /// <param name="since">Ticks, UTC.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<DomainVolume> Busiest(long since, int count)
    {
        var windows = _windows.Where(w => (w.Key + 1) * _windowTicks > since).ToList();
        var costs = new Dictionary<int, long>();
        foreach (var (_, summaries) in windows)
        {
            for (var i = 0; i < summaries.Count; i++) CollectionsMarshal.GetValueRefOrAddDefault(costs, summaries[i].Key.Domain, out _) += summaries[i].Cost;
        }

        // A name of several windows carries what it does once, so the order of sums need not be that of the whole.
        var domains = costs.OrderByDescending(c => c.Value).Take(2 * count).ToDictionary(c => c.Key, _ => new DomainSummary());
        foreach (var (_, summaries) in windows)
        {
            for (var i = 0; i < summaries.Count; i++)
            {
                var key = summaries[i].Key;
                if (!domains.TryGetValue(key.Domain, out var domain)) continue;
                summaries[i].AddTo(domain);
                domain.AddClient(Clients.KeyOf(key.Client));
            }
        }

        var start = windows.Count == 0 ? 0 : windows[0].Key * _windowTicks;
        return [.. domains
            .Select(d => d.Value.ToVolume(start, windows.Count * _windowTicks, _domains[d.Key], client: null))
            .OrderByDescending(v => v.InformationBytes)
            .ThenBy(v => v.Domain, StringComparer.Ordinal)
            .Take(count)];
    }

    /// <summary>Drops the windows that ended by a time.</summary>
    /// <param name="ticks">UTC.</param>
    public void DropBefore(long ticks)
    {
        foreach (var window in _windows.Keys.TakeWhile(w => (w + 1) * _windowTicks <= ticks).ToList())
        {
            _summaries -= _windows[window].Count;
            _entries -= EntriesOf(_windows[window]);
            _windows.Remove(window);
        }

        LeaveWindow();
        if (_entries < _limits.Entries / 2) _sketchLimit = NameSketch.MaxCount;
    }

    /// <summary>Drops the names that no window has any more, when they are many. Keys that were given out mean nothing then.</summary>
    public void DropUnusedNames()
    {
        if (_domains.Count + Clients.Count <= SpareNames) return;
        var (domains, clients) = (new HashSet<int>(), new HashSet<int>());
        foreach (var summaries in _windows.Values)
        {
            for (var i = 0; i < summaries.Count; i++)
            {
                domains.Add(summaries[i].Key.Domain);
                clients.Add(summaries[i].Key.Client);
            }
        }

        if (_domains.Count + Clients.Count - SpareNames <= 2 * (domains.Count + clients.Count)) return;
        (_domains, var newDomains) = _domains.Keep(domains);
        (Clients, var newClients) = Clients.Keep(clients);
        foreach (var summaries in _windows.Values) summaries.Renumber(key => new SummaryKey(newDomains[key.Domain], newClients[key.Client]));

        LeaveWindow();
        Array.Clear(_known);
        newNames?.Clear();
    }

    private sealed class Part(VolumeAggregator whole, IReadOnlySet<int> domains) : IVolumeSource
    {
        public IEnumerable<DomainVolume> Select(DomainTally tally, bool all) => whole.Select(tally, all, domains);
    }
}
