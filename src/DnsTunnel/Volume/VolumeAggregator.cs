using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>Keeps the summaries by (window, registered domain, client) of everything that is added.</summary>
/// <param name="suffixes">Tells registered domains.</param>
/// <param name="window">The length of windows.</param>
/// <param name="byClient">Whether clients are told apart.</param>
/// <param name="longest">Up to which length windows may be doubled to bound memory, before summaries are dropped; as they are by default.</param>
/// <param name="exceptions">Whose names are expected; none by default.</param>
/// <param name="newNames">Is told what got new names; nobody by default.</param>
/// <param name="limits">What bounds memory.</param>
internal sealed partial class VolumeAggregator(
    PublicSuffixList suffixes, TimeSpan window, bool byClient, TimeSpan longest = default, ExceptionList? exceptions = null, NewNames? newNames = null, VolumeLimits? limits = null) : IVolumeSource, IVolumeSink
{
    /// <summary>Clients that are only counted need no number for long.</summary>
    private const int MaxCountedClients = 1 << 17;

    /// <summary>Names whose registered domain need not be looked for again, 1 MiB.</summary>
    private const int KnownNames = 1 << 16;

    /// <summary>No tool's names carry less.</summary>
    private const int ToolCost = 24 * LabelCode.Unit;

    private readonly VolumeLimits _limits = limits ?? VolumeLimits.Default;
    private SortedDictionary<long, SummaryTable> _windows = [];
    private DomainTable _domains = new(exceptions);
    private long _windowTicks = window.Ticks;
    private SummaryTable _current = [];
    private readonly KnownName[] _known = new KnownName[KnownNames];
    private long _currentStart;
    private long _currentEnd;
    private int _summaries;
    private long _entries;
    private int _sketchLimit = NameSketch.MaxCount;

    public ClientTable Clients { get; private set; } = new();

    /// <summary>Domains that have a number.</summary>
    public int DomainCount => _domains.Count;

    /// <summary>Summaries that were dropped to bound memory.</summary>
    public long DroppedSummaries { get; private set; }

    /// <inheritdoc/>
    public void Add(in VolumeItem item)
    {
        if (_summaries >= _limits.Summaries) MakeRoom();
        if (!byClient && Clients.Count >= MaxCountedClients) Clients = new();
        ref var name = ref _known[(int)item.NameHash & (KnownNames - 1)];
        if (name.Hash != item.NameHash || item.NameHash == 0) name = Know(item);
        var client = Clients.Intern(item.ClientAddress, item.ClientName);
        var key = new SummaryKey(name.Domain, byClient ? client : ClientTable.Unknown);
        var summary = SummaryOf(item.Ticks, key);
        summary.Add(item);
        var added = byClient || client == ClientTable.Unknown ? 0 : summary.AddClient(Clients.KeyOf(client));
        var traits = TraitsOf(item);
        // The same name in other letter case may cost more, so only a plain one is done when it is held. Lengths are below 'A'.
        var isPlain = !item.Name.ContainsAnyInRange((byte)'A', (byte)'Z');
        if (!isPlain || !summary.TryTouchName(item.NameHash, item.Ticks, traits)) added += AddNames(summary, item, client, name, traits);
        if (item.Answer.Bytes > 0) added += AddAnswer(summary, item, client, name);
        _entries += added;
        if (added > 0) newNames?.Note(key, added);
        if (_entries > _limits.Entries) HalveSketches();
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
        var totals = new Dictionary<SummaryKey, (long Names, long Cost, long Clients, long Answers)>(_windows.Values.Max(w => (int?)w.Count) ?? 0);
        foreach (var (key, summary) in _windows.Values.SelectMany(w => w))
        {
            if (domains is not null && !domains.Contains(key.Domain)) continue;
            var total = totals.GetValueOrDefault(key);
            totals[key] = (total.Names + summary.UniqueNames, total.Cost + summary.Cost, Math.Max(total.Clients, summary.ClientCount), total.Answers + summary.AnswerCount);
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

        static bool IsWorthALook((long Names, long Cost, long Clients, long Answers) total) => DomainTally.IsWorthALook(total.Names, total.Cost / (8 * LabelCode.Unit), total.Answers);
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

    private DomainSummary SummaryOf(long ticks, SummaryKey key)
    {
        if (ticks < _currentStart || ticks >= _currentEnd) MoveTo(ticks / _windowTicks);
        if (_current.TryGet(key, out var summary)) return summary;
        _current.Add(key, summary = new DomainSummary());
        _summaries++;
        return summary;
    }

    private void MoveTo(long window)
    {
        if (!_windows.TryGetValue(window, out _current!)) _windows.Add(window, _current = []);
        (_currentStart, _currentEnd) = (window * _windowTicks, Math.Min(long.MaxValue / _windowTicks, window + 1) * _windowTicks);
    }

    /// <summary>Has the next query look for its window.</summary>
    private void LeaveWindow() => (_currentStart, _currentEnd) = (0, 0);
}
