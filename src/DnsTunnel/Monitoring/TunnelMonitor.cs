using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Monitoring;

/// <summary>
/// Judges queries while they come, over what the last seven days hold. Every interval it judges domains and clients with new names; those
/// with many new names at once; and all, with those that are tunnels only together, every quarter of an hour.
/// </summary>
internal sealed class TunnelMonitor
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_urgentPause = TimeSpan.FromSeconds(1);

    /// <summary>A clock that goes wrong must not push out all that is held.</summary>
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    private readonly MonitorOptions _options;
    private readonly FindingLedger _ledger;
    private readonly Judge _judge;
    private readonly MonitorHistory? _history;
    private readonly NewNames _newNames = new();
    private readonly VolumeAggregator _aggregator;
    private readonly VolumeCounter _counter;
    private readonly TimeProvider _time;
    private readonly HeapTrim _heap = new();
    private long _oldest = long.MaxValue;
    private long _newest = MonitorOptions.Memory.Ticks;
    private long _latestAllowed;
    private readonly long _begun;
    private long _lastLook, _lastWhole, _notBefore;

    /// <summary>The time of queries at the last look, and at the last at all; what is replayed, or read again, passes faster than the clock.</summary>
    private long _lookedAt, _wholeAt;

    private CatchUp? _catchUp;

    /// <param name="judge">Holds the model and the threshold.</param>
    /// <param name="exceptions">Whose names are expected.</param>
    /// <param name="ledger">Knows what was told.</param>
    /// <param name="options">How to look.</param>
    /// <param name="history">The past of domains; null for none.</param>
    /// <param name="time">The clock of this computer.</param>
    public TunnelMonitor(Judge judge, ExceptionList? exceptions, FindingLedger ledger, MonitorOptions options, MonitorHistory? history = null, TimeProvider? time = null)
    {
        (_judge, _ledger, _options, _history, _time) = (judge, ledger, options, history, time ?? TimeProvider.System);
        _aggregator = new VolumeAggregator(PublicSuffixList.Default, s_window, byClient: true, longest: TimeSpan.FromDays(1), exceptions, _newNames);
        _counter = new VolumeCounter(_aggregator);
        _begun = _lastLook = _lastWhole = _time.GetTimestamp();
        _latestAllowed = (_time.GetUtcNow() + s_ahead).UtcTicks;
        if (ledger.LookedUntil is { } until && until <= _time.GetUtcNow()) _catchUp = new CatchUp(until, options.Interval);
    }

    /// <summary>Queries that counted.</summary>
    public long Queries { get; private set; }

    /// <summary>Queries of more than seven days before the latest, or of more than a day from now: they do not count.</summary>
    public long QueriesOutOfTime { get; private set; }

    /// <summary>Summaries that were dropped to bound memory.</summary>
    public long DroppedSummaries => _aggregator.DroppedSummaries;

    /// <summary>The domains whose names carried most in the hour before the latest query, most first.</summary>
    public IReadOnlyList<DomainVolume> Busiest(int count) => _aggregator.Busiest(_newest - TimeSpan.TicksPerHour, count);

    /// <summary>Takes a query.</summary>
    /// <exception cref="FormatException">Its name is no domain name.</exception>
    public void Add(DnsQuery query)
    {
        var ticks = (query.Timestamp.Kind == DateTimeKind.Local ? query.Timestamp.ToUniversalTime() : query.Timestamp).Ticks;
        if (ticks > _latestAllowed || ticks < _newest - MonitorOptions.Memory.Ticks)
        {
            QueriesOutOfTime++;
            return;
        }

        (_oldest, _newest) = (Math.Min(_oldest, ticks), Math.Max(_newest, ticks));
        _history?.Note(ticks);
        if (Queries++ == 0) _lookedAt = _wholeAt = _newest;
        _counter.Add(query);
    }

    /// <summary>Whether a look must not wait for the next query: one that is made late cannot find what it would have found.</summary>
    public bool IsLate => _catchUp?.IsDue(_newest) ?? false;

    /// <summary>Says that the sources hold nothing from before this process began, or that it has been taken.</summary>
    public void EndCatchUp() => _catchUp = null;

    /// <summary>What is to be told now; little work unless it is time to look.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<DnsTunnelFinding> LookWhenDue(CancellationToken cancellation)
    {
        var now = _time.GetTimestamp();
        if (_catchUp is { } catchUp) return LookAgain(catchUp, now, cancellation);
        if (now < _notBefore) return [];
        if (_time.GetElapsedTime(_lastLook, now) >= _options.Interval || _newest - _lookedAt >= _options.Interval.Ticks) return Look(IsWholeDue(now), cancellation);
        if (!_newNames.HasUrgent) return [];
        var keys = _newNames.TakeUrgent();
        return Timed(() => Judge(keys, cancellation));
    }

    /// <summary>Looks at what got new names since the last time.</summary>
    /// <param name="whole">Whether to look at everything.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<DnsTunnelFinding> Look(bool whole, CancellationToken cancellation)
    {
        // What has been read again until now was judged before.
        if (_catchUp is { IsBefore: true }) return [];
        if (whole) _ledger.LookedUntil = new DateTime(_wholeAt, DateTimeKind.Utc);
        Forget();
        var keys = _newNames.TakeAll();
        var findings = Timed(() => whole ? JudgeAll(cancellation) : Judge(keys, cancellation));
        (_lastLook, _lookedAt) = (_time.GetTimestamp(), _newest);
        _latestAllowed = (_time.GetUtcNow() + s_ahead).UtcTicks;
        if (whole) (_lastWhole, _wholeAt) = (_lastLook, _newest);
        _aggregator.DropUnusedNames();
        return findings;
    }

    /// <summary>By the quarters of the hour of queries, so that it hangs little on when the monitor began.</summary>
    private bool IsWholeDue(long now) =>
        _time.GetElapsedTime(_lastWhole, now) >= _options.WholeInterval || _newest / _options.WholeInterval.Ticks > _wholeAt / _options.WholeInterval.Ticks;

    /// <summary>Without pauses: the sources wait.</summary>
    private IReadOnlyList<DnsTunnelFinding> LookAgain(CatchUp catchUp, long now, CancellationToken cancellation)
    {
        if (_time.GetElapsedTime(_begun, now) >= _options.WholeInterval) EndCatchUp();
        if (catchUp.IsDue(_newest))
        {
            var isFirst = catchUp.IsBefore;
            catchUp.Note(_newest);
            return Look(isFirst || IsWholeDue(now), cancellation);
        }

        if (catchUp.IsBefore && IsWholeDue(now))
        {
            Forget();
            _aggregator.DropUnusedNames();
            _wholeAt = _newest;
        }

        return [];
    }

    private void Forget()
    {
        var oldest = _newest - MonitorOptions.Memory.Ticks;
        _aggregator.DropBefore(oldest);
        _ledger.ForgetBefore(new DateTime(oldest, DateTimeKind.Utc));
    }

    private IReadOnlyList<DnsTunnelFinding> Judge(HashSet<SummaryKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0) return [];
        var names = keys.Select(_aggregator.NamesOf).ToHashSet();
        var domains = keys.Select(k => k.Domain).ToHashSet();
        // The other clients of a domain are not judged, but count.
        return Untold(_aggregator.Only(domains), (domain, client) => names.Contains((domain, client)), cancellation);
    }

    private List<DnsTunnelFinding> JudgeAll(CancellationToken cancellation)
    {
        var findings = Untold(_aggregator, only: null, cancellation);
        _history?.Write(_aggregator.GetWindows(), cancellation);
        return findings;
    }

    private List<DnsTunnelFinding> Untold(IVolumeSource source, Func<string, string?, bool>? only, CancellationToken cancellation)
    {
        List<DnsTunnelFinding> Detect(IDomainPast? past) => new TunnelDetector(_judge, all: false, past).Detect(source, cancellation, only);
        var start = new DateTime(Math.Min(_newest, Math.Max(_oldest, _newest - MonitorOptions.Memory.Ticks)), DateTimeKind.Utc);
        var findings = _history is null ? Detect(null) : _history.Detect(Detect, _judge.Threshold, start);
        var now = new DateTime(_newest, DateTimeKind.Utc);
        var untold = new List<DnsTunnelFinding>();
        foreach (var finding in findings)
        {
            if (_ledger.LifeOf(finding, now, _options.RepeatAfter) is not { } life) continue;
            finding.Life = life;
            untold.Add(finding);
        }

        return untold;
    }

    private IReadOnlyList<DnsTunnelFinding> Timed(Func<IReadOnlyList<DnsTunnelFinding>> work)
    {
        var start = _time.GetTimestamp();
        var findings = work();
        _heap.TrimWhenDue();
        var pause = TimeSpan.FromTicks(Math.Max(s_urgentPause.Ticks, _options.PauseFactor * _time.GetElapsedTime(start).Ticks));
        _notBefore = _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency);
        return findings;
    }
}
