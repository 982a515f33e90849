namespace DnsTunnel.Monitoring;

/// <summary>Notices that queries stop and come again.</summary>
/// <param name="after">After how long without any.</param>
/// <param name="time">The clock of this computer.</param>
internal sealed class Silence(TimeSpan after, TimeProvider time)
{
    private long _lastQueries;
    private DateTimeOffset _lastSeen = time.GetUtcNow();

    /// <summary>Since when no query was seen, UTC.</summary>
    public DateTime Since => _lastSeen.UtcDateTime;

    /// <summary>Whether it has been silent for too long.</summary>
    /// <param name="queries">How many were seen until now.</param>
    public bool IsTooLong(long queries)
    {
        var now = time.GetUtcNow();
        if (queries != _lastQueries) (_lastQueries, _lastSeen) = (queries, now);
        return now - _lastSeen >= after;
    }
}
