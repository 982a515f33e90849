namespace DnsTunnel.Monitoring;

/// <summary>How a monitor looks.</summary>
internal sealed record MonitorOptions
{
    /// <summary>How often domains and clients with new names are judged.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often everything is judged, for tunnels that are spread over clients or domains.</summary>
    public TimeSpan WholeInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>After how long a finding that goes on is told again.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After a look there is none for so many times as long as it took: a tenth of the time is for looks. Where sources wait, it may be half.</summary>
    public int PauseFactor { get; init; } = 10;

    /// <summary>How far back queries count: the longest timescale.</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromDays(7);
}
