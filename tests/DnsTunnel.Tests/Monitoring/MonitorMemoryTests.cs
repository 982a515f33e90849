using DnsTunnel.Monitoring;

namespace DnsTunnel.Tests.Monitoring;

/// <summary>What a monitor holds does not grow with the time it runs.</summary>
public sealed class MonitorMemoryTests
{
    private const int Queries = 2_000_000;
    private const int Days = 40;

    [Fact]
    public void Two_million_queries_of_forty_days_need_no_more_than_those_of_twenty()
    {
        using var run = new MonitorRun(new MonitorOptions { Interval = TimeSpan.FromDays(1), WholeInterval = TimeSpan.FromDays(5) });
        var random = new Random(7);
        long half = 0;
        for (var i = 0; i < Queries; i++)
        {
            run.Now += TimeSpan.FromDays(Days) / Queries;
            run.Ask(Name(random), $"192.0.2.{random.Next(200)}");
            run.Look();
            if (i == Queries / 2) half = GC.GetTotalMemory(forceFullCollection: true);
        }

        var end = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(end < 1.2 * half, $"{half:N0} bytes after half of it, {end:N0} at the end");
        Assert.Equal(Queries, run.Monitor.Queries);
        Assert.Empty(run.Told);
    }

    /// <summary>Ordinary names, and mistyped ones that make a new domain each time.</summary>
    private static string Name(Random random) =>
        random.Next(20) == 0 ? $"x{random.Next():x8}.example" : $"www.shop{random.Next(100)}.example";
}
