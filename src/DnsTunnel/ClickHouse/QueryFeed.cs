using System.Collections.Concurrent;
using System.Diagnostics;
using DnsTunnel.Delivery;
using DnsTunnel.Names;

namespace DnsTunnel.ClickHouse;

/// <summary>
/// Queries of a source without end, on their way to a store: in batches to a folder on disk, and from there in order to the table. A store
/// that is down costs what the folder may take, and nothing else.
/// </summary>
internal sealed class QueryFeed : IDisposable
{
    /// <summary>What the queries that wait may take on disk: a day or so of 1,000 a second.</summary>
    public const long MaxBytes = 1L << 31;

    /// <summary>So many queries of a process that is killed may be lost.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(5);

    private readonly QueryRowWriter _rows = new(PublicSuffixList.Default);
    private readonly Stopwatch _age = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _troubles = [];
    private readonly BackgroundCourier _courier;
    private readonly SourceMarks _passed;
    private readonly bool _rereads;
    private QueryBatch _batch = new(QueryBatch.NewId());
    private QueryBatch _kept = new(QueryBatch.NewId());
    private readonly SourceMarks _marks = new();
    private Task _keeping = Task.CompletedTask;
    private bool _isLosing;

    /// <param name="receiver">Sends them.</param>
    /// <param name="outbox">Where they wait.</param>
    /// <param name="rereads">Whether sources give again what they gave to the process before, in the same order.</param>
    /// <param name="retries">How often to try again at once.</param>
    /// <exception cref="DeliveryException">The outbox cannot be used.</exception>
    public QueryFeed(QueryReceiver receiver, Outbox outbox, bool rereads, int retries)
    {
        _rereads = rereads;
        _passed = rereads ? receiver.MarksWith(outbox.Waiting.Select(outbox.Read)) : new();
        _courier = new BackgroundCourier(new Courier(receiver, outbox, retries, TimeSpan.FromSeconds(0.5)));
    }

    /// <summary>Queries that were not kept.</summary>
    public long Lost { get; private set; }

    /// <summary>Batches that wait.</summary>
    public int WaitingCount => _courier.WaitingCount;

    /// <exception cref="FormatException">The query cannot be stored, and the next one can.</exception>
    public void Add(DnsQuery query)
    {
        var time = query.Timestamp.Kind == DateTimeKind.Local ? query.Timestamp.ToUniversalTime() : query.Timestamp;
        var source = _rereads ? query.Source : null;
        var isPassed = source is not null && _passed.TryPass(source, time.Ticks);
        if (!isPassed) _rows.Write(_batch, query);
        // A clock that is far ahead would have all that comes passed over at the next start.
        if (source is not null && time <= DateTime.UtcNow + s_ahead) _marks.Note(source, time.Ticks);
        if (_batch.IsFull) Keep();
    }

    /// <summary>Puts into the outbox what has waited long enough.</summary>
    public void KeepWhenDue()
    {
        if (_batch.Count > 0 && _age.Elapsed > s_longestWait && _keeping.IsCompleted) Keep();
    }

    /// <summary>Puts into the outbox what came; all is there when this returns.</summary>
    public void Complete()
    {
        if (_batch.Count > 0) Keep();
        _keeping.GetAwaiter().GetResult();
    }

    /// <summary>What has gone wrong since the last time: sentences. The same is told once.</summary>
    public IEnumerable<string> TakeTroubles()
    {
        foreach (var trouble in _courier.TakeTroubles()) yield return trouble.Message;
        while (_troubles.TryDequeue(out var trouble)) yield return trouble;
    }

    /// <summary>The store gets a few seconds for the last queries.</summary>
    public void Dispose()
    {
        Complete();
        _courier.Dispose();
    }

    private void Keep()
    {
        _keeping.GetAwaiter().GetResult();
        (_batch, _kept) = (_kept, _batch);
        _batch.Clear(QueryBatch.NewId());
        var marks = new SourceMarks();
        marks.Merge(_marks);
        _keeping = Task.Run(() => Keep(marks));
        _age.Restart();
    }

    private void Keep(SourceMarks marks)
    {
        try
        {
            _courier.Post(QueryPacket.Write(marks, _kept));
            _isLosing = false;
        }
        catch (DeliveryException exception)
        {
            Lost += _kept.Count;
            if (!_isLosing) _troubles.Enqueue($"{exception.Message} Queries are lost.");
            _isLosing = true;
        }
    }
}
