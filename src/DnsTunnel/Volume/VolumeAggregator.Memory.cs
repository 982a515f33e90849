namespace DnsTunnel.Volume;

/// <summary>What is done when the limits are reached.</summary>
internal sealed partial class VolumeAggregator
{
    private const int MinSketchLimit = 64;

    private void MakeRoom()
    {
        var roomy = _limits.Summaries / 4 * 3;
        while (_summaries > roomy && _windows.Count > 1 && _windowTicks <= longest.Ticks / 2) DoubleWindows();
        if (_summaries > roomy) DropLeastTelling();
        LeaveWindow();
    }

    private void DoubleWindows()
    {
        var doubled = new SortedDictionary<long, SummaryTable>();
        foreach (var (window, summaries) in _windows)
        {
            if (doubled.TryAdd(window / 2, summaries)) continue;
            var merged = doubled[window / 2];
            foreach (var (key, summary) in summaries)
            {
                if (merged.TryGet(key, out var earlier)) earlier.Merge(summary);
                else merged.Add(key, summary);
            }
        }

        _windows = doubled;
        _windowTicks *= 2;
        _summaries = _windows.Values.Sum(w => w.Count);
        _entries = _windows.Values.SelectMany(w => w.Summaries).Sum(s => (long)s.HeldEntries);
    }

    /// <summary>
    /// Drops the half of the summaries whose names carry least: a tunnel's carry much. What is dropped of a domain and client in a window
    /// carries no more than the median of all does at that moment, and that is the error.
    /// </summary>
    private void DropLeastTelling()
    {
        var costs = new long[_summaries];
        var i = 0;
        foreach (var summary in _windows.Values.SelectMany(w => w.Summaries)) costs[i++] = summary.Cost;
        Array.Sort(costs);
        var dropped = _summaries / 2;
        var median = costs[dropped];
        // Of those that are equal the earliest go.
        var equal = costs.AsSpan(0, dropped).Count(median);
        foreach (var (window, summaries) in _windows.ToList())
        {
            summaries.Keep(s =>
            {
                if (s.Cost > median || (s.Cost == median && equal-- <= 0)) return true;
                _entries -= s.HeldEntries;
                return false;
            });
            if (summaries.Count == 0) _windows.Remove(window);
        }

        _summaries -= dropped;
        DroppedSummaries += dropped;
        DropUnusedNames();
    }

    private void HalveSketches()
    {
        _sketchLimit = Math.Max(MinSketchLimit, _sketchLimit / 2);
        _entries = 0;
        foreach (var summary in _windows.Values.SelectMany(w => w.Summaries))
        {
            summary.Trim(_sketchLimit);
            _entries += summary.HeldEntries;
        }

        if (_entries <= _limits.Entries / 4 * 3) return;
        DropLeastTelling();
        LeaveWindow();
    }
}
