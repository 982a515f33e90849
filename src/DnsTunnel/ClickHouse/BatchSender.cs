using System.Globalization;
using Polly;
using Polly.Retry;

namespace DnsTunnel.ClickHouse;

/// <summary>Stores each row of a batch once, whatever happens to the connection and the servers meanwhile.</summary>
/// <param name="client">To the server.</param>
/// <param name="address">The table.</param>
/// <param name="firstWait">Before the second attempt; each wait after it is twice as long, up to 20 seconds, for three minutes or so.</param>
internal sealed class BatchSender(ClickHouseClient client, ClickHouseAddress address, TimeSpan firstWait)
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);

    private readonly string _insert = $"INSERT INTO {address.QualifiedTable} ({string.Join(',', QueryColumns.Written.Select(c => c.Name))}) FORMAT RowBinary";

    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<ClickHouseException>(e => e.IsTransient),
            MaxRetryAttempts = 13,
            Delay = firstWait,
            MaxDelay = s_longestWait,
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    /// <summary>Sends a new batch, again and again if need be.</summary>
    /// <exception cref="ClickHouseException">It was refused, or the server did not come back; some rows may be stored.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task SendAsync(QueryBatch batch, CancellationToken cancellation)
    {
        var wasSent = false;
        await _retry.ExecuteAsync(
            async token =>
            {
                var mayBeStored = wasSent;
                wasSent = true;
                await SendOnceAsync(batch, mayBeStored, token).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends what the table does not have.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="mayBeStored">Whether it was sent before. What became of it is known only to the table: all, none or, behind a Distributed table, a part of it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    public async Task SendOnceAsync(QueryBatch batch, bool mayBeStored, CancellationToken cancellation)
    {
        IReadOnlySet<uint> stored = mayBeStored ? StoredRows(batch, cancellation) : new HashSet<uint>();
        if (stored.Count == batch.Count) return;
        await client.InsertAsync(_insert, QueryIds(batch) + Guid.NewGuid().ToString("N"), batch.Rows(stored, client.Compresses), cancellation).ConfigureAwait(false);
    }

    private HashSet<uint> StoredRows(QueryBatch batch, CancellationToken cancellation)
    {
        var running = $"SELECT 1, count() FROM system.processes WHERE startsWith(query_id, {SqlText.Literal(QueryIds(batch))})";
        if (client.Query(running, r => r.ReadInt64(), cancellation).Sum() > 0)
        {
            throw new ClickHouseException(ClickHouseError.ServerLost, "The server still works at what it was sent before the connection broke.");
        }

        var stored = string.Create(CultureInfo.InvariantCulture,
            $"SELECT 1, row FROM {address.QualifiedTable} WHERE batch = {batch.Id} AND {batch.Range.Condition}");
        return [.. client.Query(stored, r => r.ReadUInt32(), cancellation)];
    }

    /// <summary>How the ids of its statements begin.</summary>
    private static string QueryIds(QueryBatch batch) => string.Create(CultureInfo.InvariantCulture, $"dnstunnel-{batch.Id}-");
}
