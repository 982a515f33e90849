using DnsTunnel.Detection;

namespace DnsTunnel.Tests.Detection;

public sealed class TimelineTests
{
    [Fact]
    public void Names_are_new_once_over_all_windows()
    {
        var names = Asked.Hex(10, "example.com", every: 60).ToList();
        var again = names.Select(q => Asked.Query(q.QueryName, 7200));
        var timeline = Asked.Timeline([.. names, .. again]);
        Assert.Equal(10, timeline.Total.Names);
        Assert.Equal(10, timeline.Total.Reused);
        Assert.Equal(Asked.Start.AddSeconds(540).Ticks, timeline.Events[^1].Ticks);
    }

    [Fact]
    public void What_is_asked_again_at_once_is_not_used_again()
    {
        var names = Asked.Hex(10, "example.com", every: 60).ToList();
        Assert.Equal(0, Asked.Timeline([.. names, .. names.Select((q, i) => Asked.Query(q.QueryName, (60 * i) + 59))]).Total.Reused);
    }

    /// <summary>24 names of 16 bytes, one an hour: the day holds them all, the shorter scales one each.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 24)]
    [InlineData(4, 30)]
    public void Each_timescale_holds_what_came_within_it(int scale, double most)
    {
        var fullest = 0.0;
        Asked.Timeline(Asked.Hex(30, "example.com", every: 3600)).VisitWindows(w => fullest = w.Scale == scale ? Math.Max(fullest, w.Sums.Names) : fullest);
        Assert.Equal(most, fullest);
    }

    [Fact]
    public void Longer_timescales_that_would_hold_the_same_are_left_out()
    {
        var scales = new SortedSet<int>();
        Asked.Timeline(Asked.Hex(10, "example.com", every: 1)).VisitWindows(w => scales.Add(w.Scale));
        Assert.Equal([0], scales);
    }

    [Fact]
    public void What_came_at_once_is_judged_at_once()
    {
        var windows = new List<NameWindow>();
        Asked.Timeline(Asked.Hex(10, "example.com", every: 0)).VisitWindows(windows.Add);
        Assert.Equal(10, Assert.Single(windows).Sums.Names);
    }

    [Fact]
    public void The_sums_of_a_window_are_those_of_its_names()
    {
        var timeline = Asked.Timeline(Asked.Hex(200, "a.example.com", every: 40));
        timeline.VisitWindows(w =>
        {
            var (names, bits) = (0.0, 0.0);
            foreach (var name in timeline.Events[w.First..(w.Last + 1)]) (names, bits) = (names + name.Sums.Names, bits + name.Sums.Bits);
            Assert.Equal(names, w.Sums.Names);
            Assert.Equal(bits, w.Sums.Bits, 6);
            Assert.True(w.End - w.Start < Timescales.All[w.Scale].Ticks);
        });
    }

    [Fact]
    public void Timelines_are_put_together_with_names_counted_once()
    {
        var volumes = Asked.Volumes([.. Asked.Hex(20, "example.com", client: "192.0.2.1"), .. Asked.Hex(25, "example.com", from: 0.5, client: "192.0.2.2")]);
        var parts = volumes.Select(v => Timeline.Of([v])).ToList();
        var whole = Timeline.Of(parts);
        Assert.Equal([20.0, 25.0], parts.Select(p => p.Total.Names).Order());
        Assert.Equal(25, whole.Total.Names);
        Assert.True(whole.Events.ToArray().Zip(whole.Events.ToArray().Skip(1)).All(p => p.First.Ticks <= p.Second.Ticks));
    }

    [Fact]
    public void A_slow_leak_is_found_within_the_day_and_a_fast_one_within_seconds()
    {
        var slow = Assert.Single(Asked.Findings(Asked.Hex(48, "example.com", every: 1200)));
        Assert.Equal(TimeSpan.FromDays(1), slow.Timescale);
        Assert.InRange(slow.FirstDetected!.Value, Asked.Start, Asked.Start.AddHours(16));

        var fast = Assert.Single(Asked.Findings(Asked.Hex(300, "example.com", every: 0.02)));
        Assert.Equal(TimeSpan.FromMinutes(2), fast.Timescale);
        Assert.InRange(fast.FirstDetected!.Value, Asked.Start, Asked.Start.AddSeconds(2));
    }
}
