namespace DnsTunnel.Monitoring.Dashboard;

/// <summary>Queries a second, over the last ten seconds.</summary>
internal sealed class QueryRate
{
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(10);

    private readonly Queue<(DateTime Time, long Queries)> _samples = [];

    /// <param name="now">The time.</param>
    /// <param name="queries">How many were seen until now.</param>
    public double Next(DateTime now, long queries)
    {
        _samples.Enqueue((now, queries));
        while (_samples.Count > 2 && now - _samples.Peek().Time > s_span) _samples.Dequeue();
        var (time, before) = _samples.Peek();
        return now > time ? (queries - before) / (now - time).TotalSeconds : 0;
    }
}
