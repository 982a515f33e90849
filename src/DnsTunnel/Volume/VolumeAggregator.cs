using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>Keeps the summaries by (window, registered domain, client) of everything that is added.</summary>
internal sealed class VolumeAggregator(PublicSuffixList suffixes, TimeSpan window, bool byClient)
{
    /// <summary>About 250 MB of summaries with one name; beyond, half of them are dropped and counted.</summary>
    public const int MaxSummaries = 1 << 20;

    /// <summary>About 400 MB of entries; beyond, sketches hold half as many each.</summary>
    public const int MaxEntries = 1 << 24;

    private const int MinSketchLimit = 64;

    private readonly SortedDictionary<long, Dictionary<SummaryKey, DomainSummary>> _windows = [];
    private readonly DomainTable _domains = new();
    private readonly long _windowTicks = window.Ticks;
    private Dictionary<SummaryKey, DomainSummary> _current = [];
    private long _currentWindow = long.MinValue;
    private int _summaries;
    private long _entries;
    private int _sketchLimit = WeightedSketch.MaxCount;

    public ClientTable Clients { get; } = new();

    /// <summary>Summaries that were dropped to bound memory.</summary>
    public long DroppedSummaries { get; private set; }

    public void Add(in VolumeItem item)
    {
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var lower = buffer[..item.Name.Length];
        DnsName.ToLower(item.Name, lower);
        // A name that has no registered domain stands, whole, under the root.
        var domainOffset = suffixes.RegisteredDomainOffset(lower);
        if (domainOffset < 0) domainOffset = lower.Length - 1;

        var summary = SummaryOf(item.Ticks / _windowTicks, new SummaryKey(_domains.Intern(lower[domainOffset..]), byClient ? item.Client : ClientTable.Unknown));
        var held = summary.HeldEntries;
        summary.Add(item);
        if (!byClient && item.Client != ClientTable.Unknown) summary.AddClient(Clients.KeyOf(item.Client));
        AddNames(summary, item.Name, lower, domainOffset);
        _entries += summary.HeldEntries - held;
        if (_entries > MaxEntries && _sketchLimit > MinSketchLimit) HalveSketches();
    }

    /// <summary>The volumes of each window, in order of time.</summary>
    public IEnumerable<DomainVolume[]> GetWindows()
    {
        foreach (var (window, summaries) in _windows)
        {
            var volumes = new DomainVolume[summaries.Count];
            var i = 0;
            foreach (var (key, summary) in summaries)
            {
                volumes[i++] = summary.ToVolume(window * _windowTicks, _windowTicks, _domains[key.Domain], Clients[key.Client]);
            }

            yield return volumes;
        }
    }

    /// <summary>The volumes by window, within it by information, most first.</summary>
    /// <param name="top">How many of each window.</param>
    public IEnumerable<DomainVolume> GetVolumes(int top = int.MaxValue) => GetWindows().SelectMany(volumes => volumes
        .OrderByDescending(v => v.InformationBytes)
        .ThenByDescending(v => v.QueryCount)
        .ThenBy(v => v.Domain, StringComparer.Ordinal)
        .ThenBy(v => v.Client, StringComparer.Ordinal)
        .Take(top));

    private static void AddNames(DomainSummary summary, ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower, int domainOffset)
    {
        if (domainOffset == 0)
        {
            summary.AddName(NameHash.KeyOfLower(lower), 0, 0);
            return;
        }

        var key = NameHash.KeyOfLower(lower);
        var isPlain = name.SequenceEqual(lower);
        // The same name in other letter case may cost more, so only a plain one is done when it is held.
        if (isPlain && summary.HoldsName(key)) return;
        summary.AddName(key, domainOffset - 1, LabelCode.Cost(name.Slice(1, name[0])));
        if (!ReverseName.IsSound(lower)) summary.NoteFreeName();
        for (var offset = 1 + lower[0]; offset < domainOffset; offset += 1 + lower[offset])
        {
            summary.AddParent(NameHash.KeyOfLower(lower[offset..]), LabelCode.Cost(name.Slice(offset + 1, name[offset])));
        }
    }

    private DomainSummary SummaryOf(long window, SummaryKey key)
    {
        if (window != _currentWindow)
        {
            if (!_windows.TryGetValue(window, out _current!)) _windows.Add(window, _current = []);
            _currentWindow = window;
        }

        if (_current.TryGetValue(key, out var summary)) return summary;
        if (_summaries >= MaxSummaries)
        {
            DropLeastActive();
            return SummaryOf(window, key);
        }

        _current.Add(key, summary = new DomainSummary());
        _summaries++;
        return summary;
    }

    /// <summary>Drops the half of the summaries with the fewest distinct names: a tunnel has many.</summary>
    private void DropLeastActive()
    {
        var least = _windows
            .SelectMany(w => w.Value, (w, s) => (Window: w.Key, s.Key, Summary: s.Value))
            .OrderBy(s => s.Summary.UniqueNames)
            .ThenBy(s => s.Window)
            .Take(_summaries / 2)
            .ToList();
        foreach (var (window, key, summary) in least)
        {
            _windows[window].Remove(key);
            _entries -= summary.HeldEntries;
        }

        foreach (var empty in _windows.Where(w => w.Value.Count == 0).Select(w => w.Key).ToList()) _windows.Remove(empty);
        _summaries -= least.Count;
        DroppedSummaries += least.Count;
        _currentWindow = long.MinValue;
    }

    private void HalveSketches()
    {
        _sketchLimit /= 2;
        _entries = 0;
        foreach (var summary in _windows.Values.SelectMany(w => w.Values))
        {
            summary.Trim(_sketchLimit);
            _entries += summary.HeldEntries;
        }
    }
}
