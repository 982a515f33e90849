namespace DnsTunnel.Monitoring;

/// <summary>
/// Times the looks while a log is read again after a restart. What was looked at before is passed over; from there on looks come by the
/// time of the queries, as they would have come by the clock. So a finding that holds only until more is seen is found all the same.
/// </summary>
/// <param name="lookedUntil">The time of queries until which all that was found was told, UTC.</param>
/// <param name="interval">Between looks.</param>
internal sealed class CatchUp(DateTime lookedUntil, TimeSpan interval)
{
    /// <summary>Then they come half as often, so a week of queries takes 540 looks and not 20,160.</summary>
    private const int LooksBetweenSteps = 64;

    private long _next = lookedUntil.Ticks;
    private long _step = interval.Ticks;
    private int _looks;

    /// <summary>Whether no look was made yet.</summary>
    public bool IsBefore => _looks == 0;

    /// <param name="newest">The time of the latest query, in ticks, UTC.</param>
    public bool IsDue(long newest) => newest >= _next;

    /// <summary>Notes that a look is made.</summary>
    /// <inheritdoc cref="IsDue" path="/param"/>
    public void Note(long newest)
    {
        if (++_looks % LooksBetweenSteps == 0) _step *= 2;
        _next = newest + _step;
    }
}
