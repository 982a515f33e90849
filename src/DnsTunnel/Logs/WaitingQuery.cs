namespace DnsTunnel.Logs;

/// <summary>A query whose answer may come in a later line.</summary>
internal sealed class WaitingQuery(JoinKey key, QueryDraft draft)
{
    public JoinKey Key => key;

    public QueryDraft Draft => draft;

    /// <summary>When it was read, in milliseconds of the clock that never turns back.</summary>
    public long Arrival { get; } = Environment.TickCount64;

    public bool IsAnswered { get; set; }

    /// <summary>The next with the same key.</summary>
    public WaitingQuery? Next { get; set; }

    /// <summary>The last with the same key; kept by the first only.</summary>
    public WaitingQuery? Last { get; set; }
}
