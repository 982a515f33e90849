using DnsTunnel.Detection;

namespace DnsTunnel.History;

/// <summary>
/// What the history adds to a verdict. It raises a domain that is new, carries far more than usual, or was a finding before. It lowers,
/// by half as much at most, only what goes on as it did on many quiet days: a domain's first week, days that carried much, and domains
/// that ever were findings earn nothing, so nobody buys a free pass by being noisy while the domain is new.
/// </summary>
/// <param name="reader">The history, before this run is written to it.</param>
/// <param name="threshold">The score, 0 to 100; what can not come near it is not looked up.</param>
/// <param name="start">Of the run, UTC: what the history has from then on may be this run's own.</param>
internal sealed class DomainPast(HistoryReader reader, double threshold, DateTime start) : IDomainPast
{
    /// <summary>A probability of 50 % becomes one of 73 %.</summary>
    private const double MaxRaise = 1;
    private const double MaxLowering = 0.5;

    private const double NewDomain = 0.5;
    private const double FoundBefore = 0.5;

    /// <summary>A raise for each doubling beyond four times the usual, so one for eight times as much or more.</summary>
    private const double Doubling = 0.25;
    private const double UsualVariation = 4;
    private const double LittleBytes = 64;

    private const double MaxQuietBytes = 4096;
    private const int MinQuietDays = 14;
    private static readonly TimeSpan s_firstWeek = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_recent = TimeSpan.FromDays(30);

    private readonly double _least = Math.Log(threshold / (100 - threshold)) - MaxRaise;

    /// <summary>The history has whole seconds.</summary>
    private readonly DateTime _start = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerSecond));
    private long? _daysKept;

    public PastShift? Of(string domain, Verdict verdict)
    {
        if (verdict.LogOdds < _least || verdict.Features[(int)TunnelFeatureKind.UniqueNames] == 0) return null;
        var history = reader.Find(domain, "");
        return history is null || history.FirstSeen >= _start ? Unknown() : Known(history, verdict);
    }

    /// <summary>That a domain is new says something only where the history was kept just before.</summary>
    private PastShift Unknown()
    {
        var days = _daysKept ??= reader.DaysKept(_start.Date - s_recent, _start.Date);
        return days < s_firstWeek.Days
            ? new PastShift(0, 0, "the history knows no earlier query for the domain")
            : new PastShift(0, NewDomain, FormattableString.Invariant($"nobody asked for the domain on the {days:N0} days that the history knows of the {s_recent.Days} before"));
    }

    private PastShift Known(DnsDomainHistory history, Verdict verdict)
    {
        var days = history.Days.Where(day => day.Day < _start.Date).ToArray();
        var age = (_start - history.FirstSeen).TotalDays;
        var usual = Usual(days);
        var hours = Math.Max(24, verdict.Features[(int)TunnelFeatureKind.TimescaleHours]);
        var now = verdict.Features[(int)TunnelFeatureKind.InformationBytes] * 24 / hours;
        var earlier = history.Findings.FirstOrDefault(f => f.FirstSeen < _start && f.Status != DnsTunnelFindingStatus.Suppressed);

        var raise = days.Length == 0 ? 0 : Math.Max(0, Doubling * Math.Log2(Math.Max(now, 1) / (UsualVariation * Math.Max(usual, LittleBytes))));
        if (earlier is not null) raise += FoundBefore;
        var isQuiet = earlier is null && now <= Math.Min(UsualVariation * usual, MaxQuietBytes) && IsQuiet(days, history.FirstSeen);
        var shift = isQuiet ? -MaxLowering : Math.Min(MaxRaise, raise);
        var reason = (days.Length == 0
                ? FormattableString.Invariant($"the domain was first asked for {age * 24:N0} hours before")
                : FormattableString.Invariant($"the domain was first asked for {age:N0} days before, on {days.Length:N0} days; it usually carries {usual:N0} bytes a day and client, and now {now:N0}"))
            + (earlier is null ? "" : $"; it was a finding before ({earlier.Status.ToString().ToLowerInvariant()})");
        return new PastShift(age, shift, reason);
    }

    /// <summary>The median day.</summary>
    private static double Usual(DnsDomainHistoryDay[] days) => days.Length == 0 ? 0 : days.Select(PerClient).Order().ElementAt(days.Length / 2);

    private static bool IsQuiet(DnsDomainHistoryDay[] days, DateTime first)
    {
        var later = days.Where(day => day.Day > first + s_firstWeek).ToArray();
        return later.Length >= MinQuietDays && later.All(day => PerClient(day) <= MaxQuietBytes);
    }

    private static double PerClient(DnsDomainHistoryDay day) => day.InformationBytes / (double)Math.Max(1, day.ClientCount);
}
