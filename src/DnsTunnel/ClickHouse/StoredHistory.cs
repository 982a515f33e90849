namespace DnsTunnel.ClickHouse;

/// <summary>The history of domains, as far as a store of queries has it: its days. They are counted in windows of 15 minutes, as a run counts them.</summary>
internal sealed class StoredHistory(IQueryStore store)
{
    private const int MostDays = 400;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);

    /// <param name="domain">In lower case.</param>
    /// <param name="known">What the history file knows of it; its findings are nowhere else.</param>
    /// <param name="name">The store, for people.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null for a domain that was not asked for.</returns>
    /// <exception cref="ClickHouseException">It cannot be had.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public DnsDomainHistory? Find(string domain, DnsDomainHistory? known, string name, CancellationToken cancellation)
    {
        var windows = store.Volumes(domain, s_window, cancellation).ToList();
        if (windows.Count == 0) return null;
        return new DnsDomainHistory
        {
            Domain = domain,
            FirstSeen = windows.Min(w => w.FirstSeen),
            LastSeen = windows.Max(w => w.LastSeen),
            Days = [.. windows.GroupBy(w => w.WindowStart.Date, DayOf).TakeLast(MostDays)],
            Findings = known?.Findings ?? [],
            HistoryPath = name,
        };
    }

    private static DnsDomainHistoryDay DayOf(DateTime day, IEnumerable<DomainVolume> windows)
    {
        var all = windows.ToList();
        return new DnsDomainHistoryDay
        {
            Day = day,
            QueryCount = all.Sum(w => w.QueryCount),
            UniqueNames = all.Sum(w => w.UniqueNames),
            InformationBytes = all.Sum(w => w.InformationBytes),
            ClientCount = all.Max(w => w.ClientCount),
        };
    }
}
