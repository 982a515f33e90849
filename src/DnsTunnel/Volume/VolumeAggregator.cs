using System.Runtime.InteropServices;
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

    /// <summary>Names whose registered domain need not be looked for again, 2 MiB.</summary>
    private const int KnownNames = 1 << 17;

    /// <summary>Names whose facts need not be worked out again, 3 MiB.</summary>
    private const int KnownFactsCount = 1 << 15;

    /// <summary>No tool's names carry less.</summary>
    private const int ToolCost = 24 * LabelCode.Unit;

    private readonly VolumeLimits _limits = limits ?? VolumeLimits.Default;
    private SortedDictionary<long, SummaryTable> _windows = [];
    private DomainTable _domains = new(exceptions);
    private long _windowTicks = window.Ticks;
    private SummaryTable _current = null!;
    private readonly KnownName[] _known = new KnownName[KnownNames];
    private readonly KnownFacts[] _facts = new KnownFacts[KnownFactsCount];
    private long _currentStart;
    private long _currentEnd;
    private int _summaries;
    private long _entries;
    private int _sketchLimit = NameSketch.MaxCount;

    public ClientTable Clients { get; private set; } = new();

    /// <summary>Domains that have a number.</summary>
    public int DomainCount => _domains.Count;

    /// <summary>
    /// Takes the volumes of a window that is let go to bound memory, on the thread that adds. What is added of that window later makes
    /// volumes of their own. Null: windows are kept.
    /// </summary>
    public Action<DomainVolume[]>? Closed { get; init; }

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
        if (item.Ticks < _currentStart || item.Ticks >= _currentEnd) MoveTo(item.Ticks / _windowTicks);
        var summary = _current.Of(key);
        if (summary.IsEmpty) _summaries++;
        summary.Add(item);
        var added = byClient || client == ClientTable.Unknown ? 0 : summary.AddClient(Clients.KeyOf(client));
        var traits = TraitsOf(item);
        // The same name in other letter case may cost more, so only a plain one is done when it is held. Lengths are below 'A'.
        var isPlain = !item.Name.ContainsAnyInRange((byte)'A', (byte)'Z');
        if (!isPlain || !summary.TryTouchName(item.NameHash, item.Ticks, traits)) added += AddNames(summary, item, client, name, traits, isPlain);
        if (item.Answer.Bytes > 0) added += AddAnswer(summary, item, client, name);
        _entries += added;
        if (added > 0) newNames?.Note(key, added);
        if (_entries > _limits.Entries) LetEntriesGo();
    }

    /// <summary>The volumes of each window, in order of time.</summary>
    public IEnumerable<DomainVolume[]> GetWindows()
    {
        foreach (var (window, summaries) in _windows) yield return VolumesOf(window, summaries);
    }

    /// <inheritdoc/>
    public IEnumerable<DomainVolume> Select(DomainTally tally, bool all) => Select(tally, all, null);

    private IEnumerable<DomainVolume> Select(DomainTally tally, bool all, IReadOnlySet<int>? domains)
    {
        var weights = new Dictionary<SummaryKey, SummaryWeight>(_windows.Values.Max(w => (int?)w.Count) ?? 0);
        foreach (var window in _windows.Values)
        {
            for (var i = 0; i < window.Count; i++)
            {
                var summary = window[i];
                if (domains is not null && !domains.Contains(summary.Key.Domain)) continue;
                CollectionsMarshal.GetValueRefOrAddDefault(weights, summary.Key, out _) += summary.Weight;
            }
        }

        foreach (var (key, weight) in weights)
        {
            if (IsWorthALook(weight)) tally.Add(_domains[key.Domain], Clients[key.Client], weight.Names, weight.Clients);
        }

        foreach (var (window, summaries) in _windows)
        {
            for (var i = 0; i < summaries.Count; i++)
            {
                if (weights.TryGetValue(summaries[i].Key, out var weight) && (all || IsWorthALook(weight))) yield return VolumeOf(window, summaries[i]);
            }
        }

        static bool IsWorthALook(in SummaryWeight weight) => DomainTally.IsWorthALook(weight.Names, weight.Cost / (8 * LabelCode.Unit), weight.Answers);
    }

    /// <summary>The volumes by window, within it by information, most first.</summary>
    /// <param name="top">How many of each window.</param>
    public IEnumerable<DomainVolume> GetVolumes(int top = int.MaxValue) => GetWindows().SelectMany(volumes => Top(volumes, top));

    /// <summary>The volumes of a window by information, most first.</summary>
    /// <param name="volumes">Of the window.</param>
    /// <param name="top">How many.</param>
    public static IEnumerable<DomainVolume> Top(DomainVolume[] volumes, int top) => volumes
        .OrderByDescending(v => v.InformationBytes)
        .ThenByDescending(v => v.QueryCount)
        .ThenBy(v => v.Domain, StringComparer.Ordinal)
        .ThenBy(v => v.Client, StringComparer.Ordinal)
        .Take(top);

    private DomainVolume[] VolumesOf(long window, SummaryTable summaries)
    {
        var volumes = new DomainVolume[summaries.Count];
        for (var i = 0; i < volumes.Length; i++) volumes[i] = VolumeOf(window, summaries[i]);
        return volumes;
    }

    private DomainVolume VolumeOf(long window, HeldSummary summary) =>
        summary.ToVolume(window * _windowTicks, _windowTicks, _domains[summary.Key.Domain], Clients[summary.Key.Client], _domains.RulesOf(summary.Key.Domain));

    private void MoveTo(long window)
    {
        if (!_windows.TryGetValue(window, out _current!))
        {
            _windows.Add(window, _current = new());
            if (_closed.Remove(window)) ReopenedWindows++;
        }

        (_currentStart, _currentEnd) = (window * _windowTicks, Math.Min(long.MaxValue / _windowTicks, window + 1) * _windowTicks);
    }

    /// <summary>Has the next query look for its window.</summary>
    private void LeaveWindow() => (_currentStart, _currentEnd) = (0, 0);
}
