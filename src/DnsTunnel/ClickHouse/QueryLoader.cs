using System.Diagnostics;
using DnsTunnel.Names;

namespace DnsTunnel.ClickHouse;

/// <summary>Stores queries in batches. One batch is sent while the next is filled; when both are full, adding waits.</summary>
internal sealed class QueryLoader(BatchSender sender, CancellationToken cancellation)
{
    /// <summary>What comes slowly is stored by then, when something more comes.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);

    private readonly QueryRowWriter _rows = new(PublicSuffixList.Default);
    private readonly Stopwatch _age = Stopwatch.StartNew();
    private QueryBatch _batch = new(QueryBatch.NewId());
    private QueryBatch _sent = new(QueryBatch.NewId());
    private Task _sending = Task.CompletedTask;

    /// <summary>Queries that are stored for sure.</summary>
    public long Stored { get; private set; }

    /// <exception cref="FormatException">The query cannot be stored, and the next one can.</exception>
    /// <exception cref="ClickHouseException">Queries that were added before could not be stored.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Add(DnsQuery query)
    {
        _rows.Write(_batch, query);
        if (_batch.IsFull || (_age.Elapsed > s_longestWait && _sending.IsCompleted)) Send();
    }

    /// <summary>Stores what was added.</summary>
    /// <exception cref="ClickHouseException">Some queries could not be stored.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete()
    {
        if (_batch.Count > 0) Send();
        _sending.GetAwaiter().GetResult();
    }

    private void Send()
    {
        _sending.GetAwaiter().GetResult();
        (_batch, _sent) = (_sent, _batch);
        _batch.Clear(QueryBatch.NewId());
        _sending = Task.Run(() => SendAsync(_sent), cancellation);
        _age.Restart();
    }

    private async Task SendAsync(QueryBatch batch)
    {
        await sender.SendAsync(batch, cancellation).ConfigureAwait(false);
        Stored += batch.Count;
    }
}
