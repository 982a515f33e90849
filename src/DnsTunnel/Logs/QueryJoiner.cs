namespace DnsTunnel.Logs;

/// <summary>
/// Joins queries with answers that are logged as lines of their own. Queries are emitted in the order in which they were asked, once
/// answered or no longer waited for; so what waits is bounded by time and number.
/// </summary>
internal sealed class QueryJoiner
{
    private const int MaxWaiting = 4096;

    // Stub resolvers give up after 5 s a try and two tries (resolv.conf(5)); servers that log a late answer are not worth more memory.
    private static readonly TimeSpan s_maxWait = TimeSpan.FromSeconds(30);

    /// <summary>In a log that is followed and quiet, nobody waits longer: an answer that comes later still is seldom.</summary>
    private const long MaxIdleMilliseconds = 2000;

    private readonly LogContext _context;
    private readonly Queue<WaitingQuery> _order = [];
    private readonly Dictionary<JoinKey, WaitingQuery> _waiting = [];

    public QueryJoiner(LogContext context)
    {
        _context = context;
        context.Joiners.Add(this);
    }

    /// <summary>Whether the log has queries at all, or answers only.</summary>
    public bool HasQueries { get; private set; }

    /// <summary>Takes a query, and emits those that need not wait longer.</summary>
    public void Add(JoinKey key, QueryDraft draft)
    {
        HasQueries = true;
        EmitReady(draft.Time ?? _context.Clock.Reference);
        var query = new WaitingQuery(key, draft);
        _order.Enqueue(query);
        if (_waiting.TryGetValue(key, out var first)) first.Last = first.Last!.Next = query;
        else _waiting.Add(key, query.Last = query);
    }

    /// <summary>The oldest query of that key without an answer, else, for further lines of one answer, the oldest; null when there is none.</summary>
    public WaitingQuery? Find(JoinKey key, Func<WaitingQuery, bool>? condition = null)
    {
        _waiting.TryGetValue(key, out var first);
        for (var query = first; query is not null; query = query.Next)
        {
            if (!query.IsAnswered && condition?.Invoke(query) != false) return query;
        }
        return condition is null ? first : null;
    }

    /// <summary>Gives an answer that is one line to the query that waits for it.</summary>
    public void Answer(JoinKey key, QueryDraft answer)
    {
        if (Find(key) is not { IsAnswered: false } waiting)
        {
            AddUnmatched(answer);
            return;
        }

        waiting.IsAnswered = true;
        waiting.Draft.TakeAnswer(answer);
    }

    /// <summary>Counts an answer to no query; it is a query of its own in a log that has no others.</summary>
    public void AddUnmatched(QueryDraft answer)
    {
        if (HasQueries) _context.Statistics.UnmatchedAnswers++;
        else _context.Emit(answer);
    }

    /// <summary>Emits what has waited too long by the clock of this computer, whatever the times in the log.</summary>
    public void EmitOverdue()
    {
        while (_order.TryPeek(out var first) && (first.IsAnswered || Environment.TickCount64 - first.Arrival > MaxIdleMilliseconds)) EmitFirst();
    }

    /// <summary>Emits all that still wait.</summary>
    public void Complete()
    {
        while (_order.Count > 0) EmitFirst();
    }

    private void EmitReady(DateTime now)
    {
        while (_order.TryPeek(out var first))
        {
            var waits = !first.IsAnswered && _order.Count < MaxWaiting && now - first.Draft.Time.GetValueOrDefault(now) < s_maxWait;
            if (waits) return;
            EmitFirst();
        }
    }

    private void EmitFirst()
    {
        // The oldest of all is the oldest of its key.
        var query = _order.Dequeue();
        if (query.Next is { } next)
        {
            next.Last = query.Last;
            _waiting[query.Key] = next;
        }
        else
        {
            _waiting.Remove(query.Key);
        }
        _context.Emit(query.Draft);
    }
}
