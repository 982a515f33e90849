using DnsTunnel.Volume;

namespace DnsTunnel.Detection;

/// <summary>The new names of a domain and client in the order in which they came.</summary>
internal sealed class Timeline
{
    private const int StepsAWindow = 50;

    private readonly NameEvent[] _events;

    /// <summary>At i, the sums of the first i events.</summary>
    private readonly NameSums[] _sums;

    private readonly double _expectedBits;

    private Timeline(NameEvent[] events, DnsTunnelException? exception, double expectedBits)
    {
        Exception = exception;
        _expectedBits = expectedBits;
        _events = events;
        _sums = new NameSums[events.Length + 1];
        for (var i = 0; i < events.Length; i++) _sums[i + 1] = _sums[i] + events[i].Sums;
    }

    public int Count => _events.Length;

    public ReadOnlySpan<NameEvent> Events => _events;

    /// <summary>One that took names out; null when none did.</summary>
    public DnsTunnelException? Exception { get; }

    public NameSums Total => _sums[^1];

    /// <summary>What all names can carry, also those that were taken out because they are expected: a tunnel can be among them.</summary>
    public double Bits => Total.Bits + _expectedBits;

    /// <summary>Puts together the volumes of a domain and client; names that several have count once.</summary>
    public static Timeline Of(IReadOnlyList<DomainVolume> volumes)
    {
        var names = new List<HeldName>();
        var events = new List<NameEvent>();
        DomainSummary? merged = null;
        foreach (var volume in volumes)
        {
            if (!volume.Place.IsSomewhere) events.AddRange(NameEvent.Of(volume));
            else if (volumes.Count == 1) volume.Place.CopyTo(names);
            else volume.Place.AddTo(merged ??= new());
        }

        merged?.CopyTo(names);
        names.RemoveAll(n => n.Facts.Cost == 0);
        names.Sort(InTime);
        var allowance = new Allowance(volumes.Select(v => v.Rules).FirstOrDefault(r => r is not null));
        var expected = 0.0;
        var steps = new LabelSteps();
        foreach (var held in names)
        {
            var name = held with { Facts = held.Facts with { Cost = steps.CostOf(held.Facts) } };
            if (allowance.Covers(name)) expected += NameEvent.Of(name).Sums.Bits;
            else events.Add(NameEvent.Of(name));
        }

        return Of(events, allowance.Applied, expected);
    }

    /// <summary>Distinct names of some volumes.</summary>
    public static long Names(IReadOnlyList<DomainVolume> volumes)
    {
        if (volumes.Count == 1 || volumes.Any(v => !v.Place.IsSomewhere)) return volumes.Sum(v => v.UniqueNames);
        var merged = new DomainSummary();
        foreach (var volume in volumes) volume.Place.AddTo(merged);
        // An estimate may pass what is known for sure.
        return Math.Min(merged.UniqueNames, volumes.Sum(v => v.QueryCount));
    }

    /// <summary>Puts together several timelines; names that several have count once.</summary>
    public static Timeline Of(IReadOnlyCollection<Timeline> parts)
    {
        var seen = new HashSet<ulong>();
        var events = parts.SelectMany(p => p._events).OrderBy(e => e.Ticks).Where(e => e.Hash == 0 || seen.Add(e.Hash)).ToList();
        return Of(events, parts.Select(p => p.Exception).FirstOrDefault(e => e is not null), parts.Sum(p => p._expectedBits));
    }

    /// <summary>Windows that end with an event, from the shortest timescale on: each while they are small, then each that has moved by 2 %.</summary>
    /// <param name="visit">Is given the window.</param>
    public void VisitWindows(Action<NameWindow> visit)
    {
        for (var scale = 0; scale < Timescales.All.Length; scale++)
        {
            var length = Timescales.All[scale].Ticks;
            var (first, next) = (0, 0);
            for (var last = 0; last < _events.Length; last++)
            {
                // What came at once is judged at once.
                if (last + 1 < _events.Length && _events[last + 1].Ticks == _events[last].Ticks) continue;
                if (last < next && last + 1 < _events.Length) continue;
                while (_events[last].Ticks - _events[first].Ticks >= length) first++;
                next = last + 1 + ((last - first) / StepsAWindow);
                visit(new NameWindow(scale, first, last, _events[first].Ticks, _events[last].Ticks, _sums[last + 1] - _sums[first]));
            }

            // Longer windows would hold the same.
            if (first == 0) break;
        }
    }

    /// <summary>Of names that came at once, which a budget covers must not hang on hashes, which differ from run to run.</summary>
    private static int InTime(HeldName one, HeldName other)
    {
        var (a, b) = (one.Facts, other.Facts);
        if (a.Ticks != b.Ticks) return a.Ticks.CompareTo(b.Ticks);
        if (a.Cost != b.Cost) return a.Cost.CompareTo(b.Cost);
        if (a.Shape != b.Shape) return a.Shape.CompareTo(b.Shape);
        return a.Traits != b.Traits ? a.Traits.CompareTo(b.Traits) : a.Value.CompareTo(b.Value);
    }

    private static Timeline Of(List<NameEvent> events, DnsTunnelException? exception, double expectedBits)
    {
        events.Sort((a, b) => a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.Hash.CompareTo(b.Hash));
        return new Timeline([.. events], exception, expectedBits);
    }
}
