namespace DnsTunnel.Volume;

/// <summary>What is done when the limits are reached.</summary>
internal sealed partial class VolumeAggregator
{
    private const int MinSketchLimit = 64;

    private readonly HashSet<long> _closed = [];

    /// <summary>Windows of which more came after they were closed.</summary>
    public int ReopenedWindows { get; private set; }

    private void MakeRoom()
    {
        var roomy = _limits.Summaries / 4 * 3;
        while (Closed is not null && _summaries > roomy && _windows.Count > 1) CloseOldest();
        while (_summaries > roomy && _windows.Count > 1 && _windowTicks <= longest.Ticks / 2) DoubleWindows();
        if (_summaries > roomy) DropLeastTelling();
        LeaveWindow();
    }

    private void CloseOldest()
    {
        var (window, summaries) = _windows.First();
        Closed!(VolumesOf(window, summaries));
        _summaries -= summaries.Count;
        _entries -= EntriesOf(summaries);
        _windows.Remove(window);
        _closed.Add(window);
        DropUnusedNames();
    }

    private void DoubleWindows()
    {
        var doubled = new SortedDictionary<long, SummaryTable>();
        foreach (var (window, summaries) in _windows)
        {
            if (doubled.TryAdd(window / 2, summaries)) continue;
            doubled[window / 2].Merge(summaries);
        }

        _windows = doubled;
        _windowTicks *= 2;
        _summaries = _windows.Values.Sum(w => w.Count);
        _entries = 0;
        foreach (var summaries in _windows.Values) _entries += EntriesOf(summaries);
    }

    /// <summary>
    /// Drops the half of the summaries whose names carry least: a tunnel's carry much. A domain goes with all its clients, for how many
    /// clients ask what stays must stay known; so each is as dear as the dearest of its domain. A domain with a share of everything is
    /// no reason to drop others: its own are what they carry themselves. What is dropped of a domain and client in a window carries no
    /// more than the median of all does at that moment, and that is the error.
    /// </summary>
    private void DropLeastTelling()
    {
        var (dearest, counts) = (new long[_domains.Count], new int[_domains.Count]);
        foreach (var summaries in _windows.Values)
        {
            for (var i = 0; i < summaries.Count; i++)
            {
                var domain = summaries[i].Key.Domain;
                dearest[domain] = Math.Max(dearest[domain], summaries[i].Cost);
                counts[domain]++;
            }
        }

        var most = _summaries / 4;
        var costs = new long[_summaries];
        var count = 0;
        foreach (var summaries in _windows.Values)
        {
            for (var i = 0; i < summaries.Count; i++) costs[count++] = CostOf(summaries[i]);
        }

        Array.Sort(costs);
        var dropped = _summaries / 2;
        var median = costs[dropped];
        // Of those that are equal the earliest go.
        var equal = costs.AsSpan(0, dropped).Count(median);
        foreach (var (window, summaries) in _windows.ToList())
        {
            summaries.Keep(s =>
            {
                var cost = CostOf(s);
                if (cost > median || (cost == median && equal-- <= 0)) return true;
                _entries -= s.HeldEntries;
                return false;
            });
            if (summaries.Count == 0) _windows.Remove(window);
        }

        _summaries -= dropped;
        DroppedSummaries += dropped;
        DropUnusedNames();

        long CostOf(HeldSummary summary) => counts[summary.Key.Domain] > most ? summary.Cost : dearest[summary.Key.Domain];
    }

    /// <summary>What says little goes before names of what says much do.</summary>
    private void LetEntriesGo()
    {
        var roomy = _limits.Entries / 4 * 3;
        while (Closed is not null && _entries > roomy && _windows.Count > 1) CloseOldest();
        if (_entries > roomy && _summaries > _limits.Summaries / 4) DropLeastTelling();
        if (_entries > roomy) HalveSketches();
        if (_entries > roomy) DropLeastTelling();
        LeaveWindow();
    }

    private void HalveSketches()
    {
        _sketchLimit = Math.Max(MinSketchLimit, _sketchLimit / 2);
        _entries = 0;
        foreach (var summaries in _windows.Values)
        {
            for (var i = 0; i < summaries.Count; i++) summaries[i].Trim(_sketchLimit);
            _entries += EntriesOf(summaries);
        }
    }

    private static long EntriesOf(SummaryTable summaries)
    {
        var entries = 0L;
        for (var i = 0; i < summaries.Count; i++) entries += summaries[i].HeldEntries;
        return entries;
    }
}
