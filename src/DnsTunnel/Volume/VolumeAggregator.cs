using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Tools;
using DnsTunnel.Wire;

namespace DnsTunnel.Volume;

/// <summary>Keeps the summaries by (window, registered domain, client) of everything that is added.</summary>
/// <param name="suffixes">Tells registered domains.</param>
/// <param name="window">The length of windows.</param>
/// <param name="byClient">Whether clients are told apart.</param>
/// <param name="longest">Up to which length windows may be doubled to bound memory, before summaries are dropped; as they are by default.</param>
/// <param name="exceptions">Whose names are expected; none by default.</param>
/// <param name="newNames">Is told what got new names; nobody by default.</param>
internal sealed partial class VolumeAggregator(
    PublicSuffixList suffixes, TimeSpan window, bool byClient, TimeSpan longest = default, ExceptionList? exceptions = null, NewNames? newNames = null) : IVolumeSource
{
    /// <summary>About 250 MB of summaries with one name; beyond, half of them are dropped and counted.</summary>
    public const int MaxSummaries = 1 << 20;

    /// <summary>About 400 MB of entries; beyond, sketches hold half as many each.</summary>
    public const int MaxEntries = 1 << 23;

    private const int MinSketchLimit = 64;

    /// <summary>No tool's names carry less.</summary>
    private const int ToolCost = 24 * LabelCode.Unit;

    private SortedDictionary<long, Dictionary<SummaryKey, DomainSummary>> _windows = [];
    private DomainTable _domains = new(exceptions);
    private long _windowTicks = window.Ticks;
    private Dictionary<SummaryKey, DomainSummary> _current = [];
    private long _currentWindow = long.MinValue;
    private int _summaries;
    private long _entries;
    private int _sketchLimit = NameSketch.MaxCount;

    public ClientTable Clients { get; private set; } = new();

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

        var domain = _domains.Intern(lower[domainOffset..]);
        var key = new SummaryKey(domain, byClient ? item.Client : ClientTable.Unknown);
        var summary = SummaryOf(item.Ticks, key);
        var held = summary.HeldEntries;
        summary.Add(item);
        if (!byClient && item.Client != ClientTable.Unknown) summary.AddClient(Clients.KeyOf(item.Client));
        AddNames(summary, item, lower, domainOffset, _domains.RulesOf(domain));
        var added = summary.HeldEntries - held;
        _entries += added;
        if (added > 0) newNames?.Note(key, added);
        if (_entries > MaxEntries) HalveSketches();
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
                volumes[i++] = VolumeOf(window, key, summary);
            }

            yield return volumes;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<DomainVolume> Select(DomainTally tally, bool all) => Select(tally, all, null);

    private IEnumerable<DomainVolume> Select(DomainTally tally, bool all, IReadOnlySet<int>? domains)
    {
        var totals = new Dictionary<SummaryKey, (long Names, long Cost, long Clients)>(_windows.Values.Max(w => (int?)w.Count) ?? 0);
        foreach (var (key, summary) in _windows.Values.SelectMany(w => w))
        {
            if (domains is not null && !domains.Contains(key.Domain)) continue;
            var total = totals.GetValueOrDefault(key);
            totals[key] = (total.Names + summary.UniqueNames, total.Cost + summary.Cost, Math.Max(total.Clients, summary.ClientCount));
        }

        foreach (var (key, total) in totals)
        {
            if (IsWorthALook(total)) tally.Add(_domains[key.Domain], Clients[key.Client], total.Names, total.Clients);
        }

        foreach (var (window, summaries) in _windows)
        {
            foreach (var (key, summary) in summaries)
            {
                if (totals.TryGetValue(key, out var total) && (all || IsWorthALook(total))) yield return VolumeOf(window, key, summary);
            }
        }

        static bool IsWorthALook((long Names, long Cost, long Clients) total) => DomainTally.IsWorthALook(total.Names, total.Cost / (8 * LabelCode.Unit));
    }

    /// <summary>The volumes by window, within it by information, most first.</summary>
    /// <param name="top">How many of each window.</param>
    public IEnumerable<DomainVolume> GetVolumes(int top = int.MaxValue) => GetWindows().SelectMany(volumes => volumes
        .OrderByDescending(v => v.InformationBytes)
        .ThenByDescending(v => v.QueryCount)
        .ThenBy(v => v.Domain, StringComparer.Ordinal)
        .ThenBy(v => v.Client, StringComparer.Ordinal)
        .Take(top));

    private DomainVolume VolumeOf(long window, SummaryKey key, DomainSummary summary) =>
        summary.ToVolume(window * _windowTicks, _windowTicks, _domains[key.Domain], Clients[key.Client], _domains.RulesOf(key.Domain));

    private void AddNames(DomainSummary summary, in VolumeItem item, ReadOnlySpan<byte> lower, int domainOffset, ExceptionRules? rules)
    {
        var key = NameHash.KeyOfLower(lower);
        var traits = TraitsOf(item);
        var isPlain = item.Name.SequenceEqual(lower);
        // The same name in other letter case may cost more, so only a plain one is done when it is held.
        if (isPlain && summary.TryTouchName(key, item.Ticks, traits)) return;
        if (ReverseName.IsOfIPv6(lower)) traits |= NameTraits.Reverse;
        else if (AddressLabels.AreIn(lower[..domainOffset])) traits |= NameTraits.Address;
        else if (NestedName.IsIn(suffixes, lower, domainOffset)) traits |= NameTraits.Nested;
        if (IsService(lower[..domainOffset])) traits |= NameTraits.Service;
        var exception = rules is null ? -1 : rules.Match(lower, new DateTime(item.Ticks, DateTimeKind.Utc), Clients.AddressOf(item.Client));
        Span<ushort> costs = stackalloc ushort[SubdomainFacts.MostLabels];
        var subdomain = SubdomainFacts.Of(item.Name[..domainOffset], item.Ticks, costs);
        var facts = new NameFacts
        {
            Ticks = item.Ticks,
            Bytes = (byte)Math.Max(0, domainOffset - 1),
            Cost = domainOffset == 0 ? (ushort)0 : costs[0],
            Traits = traits,
            Shape = subdomain.Shape,
            Tool = subdomain.DearestCost < ToolCost ? (byte)0 : ToolTraits.Of(item.Name[..domainOffset], item.Type),
            Exception = (byte)(exception + 1),
        };
        summary.AddName(key, item.Name, facts);
        if (domainOffset == 0) return;
        if (!ReverseName.IsSound(lower)) summary.NoteFreeName();
        AddPrefix(summary, item.Name, lower, facts);
        var label = 1;
        for (var offset = 1 + lower[0]; offset < domainOffset; offset += 1 + lower[offset])
        {
            summary.AddParent(NameHash.KeyOfLower(lower[offset..]), facts with { Cost = costs[label++] });
        }
    }

    private static bool IsService(ReadOnlySpan<byte> labels)
    {
        while (!labels.IsEmpty)
        {
            labels = labels[(1 + labels[0])..];
            if (labels.Length > 1 && labels[1] == '_') return true;
        }

        return false;
    }

    /// <summary>A length that no label has keeps its key apart from those of names.</summary>
    private static void AddPrefix(DomainSummary summary, ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower, in NameFacts facts)
    {
        const byte mark = 0x80;
        var length = LabelPrefix.LengthOf(name.Slice(1, name[0]));
        if (length == 0) return;
        Span<byte> key = stackalloc byte[1 + DnsName.MaxLabelLength];
        key[0] = (byte)(mark | length);
        lower.Slice(1, length).CopyTo(key[1..]);
        var cost = (ushort)LabelCode.Cost(name.Slice(1, length));
        summary.AddPrefix(NameHash.KeyOfLower(key[..(1 + length)]), facts with { Cost = cost, Shape = 0, Tool = 0 });
    }

    private static NameTraits TraitsOf(in VolumeItem item) =>
        (CarrierTypes.Contains(item.Type) ? NameTraits.CarrierType : NameTraits.None) | (item.IsNxDomain ? NameTraits.NxDomain : NameTraits.None);

    private DomainSummary SummaryOf(long ticks, SummaryKey key)
    {
        var window = ticks / _windowTicks;
        if (window != _currentWindow)
        {
            if (!_windows.TryGetValue(window, out _current!)) _windows.Add(window, _current = []);
            _currentWindow = window;
        }

        if (_current.TryGetValue(key, out var summary)) return summary;
        if (_summaries >= MaxSummaries)
        {
            MakeRoom();
            return SummaryOf(ticks, key);
        }

        _current.Add(key, summary = new DomainSummary());
        _summaries++;
        return summary;
    }

    private void MakeRoom()
    {
        const int roomy = MaxSummaries / 4 * 3;
        while (_summaries > roomy && _windows.Count > 1 && _windowTicks <= longest.Ticks / 2) DoubleWindows();
        if (_summaries > roomy) DropLeastActive();
        _currentWindow = long.MinValue;
    }

    private void DoubleWindows()
    {
        var doubled = new SortedDictionary<long, Dictionary<SummaryKey, DomainSummary>>();
        foreach (var (window, summaries) in _windows)
        {
            if (doubled.TryAdd(window / 2, summaries)) continue;
            var merged = doubled[window / 2];
            foreach (var (key, summary) in summaries)
            {
                if (merged.TryGetValue(key, out var earlier)) earlier.Merge(summary);
                else merged.Add(key, summary);
            }
        }

        _windows = doubled;
        _windowTicks *= 2;
        _summaries = _windows.Values.Sum(w => w.Count);
        _entries = _windows.Values.SelectMany(w => w.Values).Sum(s => (long)s.HeldEntries);
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
    }

    private void HalveSketches()
    {
        _sketchLimit = Math.Max(MinSketchLimit, _sketchLimit / 2);
        _entries = 0;
        foreach (var summary in _windows.Values.SelectMany(w => w.Values))
        {
            summary.Trim(_sketchLimit);
            _entries += summary.HeldEntries;
        }

        if (_entries <= MaxEntries / 4 * 3) return;
        DropLeastActive();
        _currentWindow = long.MinValue;
    }
}
