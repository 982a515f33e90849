using DnsTunnel.Monitoring;

namespace DnsTunnel.Tests.Monitoring;

public sealed class CatchUpTests
{
    private static readonly DateTime s_until = new(2026, 2, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Nothing_is_looked_at_again()
    {
        var catchUp = new CatchUp(s_until, TimeSpan.FromSeconds(30));

        Assert.False(catchUp.IsDue(s_until.Ticks - 1));
        Assert.True(catchUp.IsDue(s_until.Ticks));
        catchUp.Note(s_until.Ticks);
        Assert.False(catchUp.IsDue(s_until.AddSeconds(29).Ticks));
        Assert.True(catchUp.IsDue(s_until.AddSeconds(30).Ticks));
    }

    [Fact]
    public void A_week_takes_some_hundred_looks()
    {
        var catchUp = new CatchUp(s_until, TimeSpan.FromSeconds(30));
        var looks = 0;
        for (var time = s_until; time < s_until.AddDays(7); time += TimeSpan.FromSeconds(1))
        {
            if (!catchUp.IsDue(time.Ticks)) continue;
            catchUp.Note(time.Ticks);
            looks++;
        }

        Assert.InRange(looks, 500, 560);
    }

    [Fact]
    public void What_holds_only_for_a_while_is_told_after_a_restart_too()
    {
        var told = Told(isKilled: false);

        Assert.Contains(("popular.example", "198.51.100.1"), told);
        Assert.Equal(told, Told(isKilled: true));
    }

    [Fact]
    public void What_did_not_hold_any_more_is_not_told_by_a_first_reading_of_it_for_its_first_client()
    {
        using var run = new MonitorRun { HasLog = true };
        Popular(run, isMissed: true, [.. Enumerable.Range(1, 60)]);
        run.ReadAgain();
        run.LookAtAll();

        Assert.DoesNotContain(run.Told, f => f.Client == "198.51.100.1");
    }

    [Fact]
    public void What_was_judged_before_is_not_judged_when_it_ends_meanwhile()
    {
        using var run = new MonitorRun();
        for (var quarter = 0; quarter < 8; quarter++) Quiet(run);
        run.Restart();
        run.Ask("www.example.com");

        Assert.Empty(run.Monitor.Look(whole: true, TestContext.Current.CancellationToken));
    }

    /// <summary>One client asks for names that look random; an hour later many do.</summary>
    private static List<(string Domain, string? Client)> Told(bool isKilled)
    {
        using var run = new MonitorRun { HasLog = true };
        for (var quarter = 0; quarter < 8; quarter++) Quiet(run);
        Popular(run, isKilled, [1]);
        for (var quarter = 0; quarter < 4; quarter++) Quiet(run, isKilled);
        Popular(run, isKilled, [.. Enumerable.Range(2, 59)]);
        if (isKilled)
        {
            run.Restart();
            run.ReadAgain();
        }

        run.LookAtAll();
        return [.. run.Told.Select(f => (f.Domain, f.Client))];
    }

    private static void Quiet(MonitorRun run, bool isMissed = false)
    {
        run.Now += TimeSpan.FromMinutes(15);
        Ask(run, isMissed, "www.example.com", "198.51.100.200");
    }

    private static void Popular(MonitorRun run, bool isMissed, int[] clients)
    {
        for (var name = 0; name < 40; name++)
        {
            run.Now += TimeSpan.FromSeconds(10);
            var label = Convert.ToHexString(BitConverter.GetBytes(unchecked((ulong)(name + 1) * 0x9E3779B97F4A7C15)));
            foreach (var client in clients) Ask(run, isMissed, $"{label}.popular.example", $"198.51.100.{client}");
        }
    }

    private static void Ask(MonitorRun run, bool isMissed, string name, string client)
    {
        if (isMissed)
        {
            run.Miss(name, client);
            return;
        }

        run.Ask(name, client);
        run.Look();
    }
}
