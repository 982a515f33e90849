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

    /// <exception cref="ClickHouseException">It was refused, or the server did not come back; some rows may be stored.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task SendAsync(QueryBatch batch, CancellationToken cancellation)
    {
        var attempt = 0;
        await _retry.ExecuteAsync(SendMissingAsync, cancellation).ConfigureAwait(false);

        async ValueTask SendMissingAsync(CancellationToken token)
        {
            // What became of an attempt that failed is known only to the table: all, none or, behind a Distributed table, a part of it.
            IReadOnlySet<uint> stored = attempt == 0 ? new HashSet<uint>() : StoredRows(batch, token);
            if (stored.Count == batch.Count) return;
            await client.InsertAsync(_insert, QueryId(batch, attempt++), batch.Rows(stored, client.Compresses), token).ConfigureAwait(false);
        }
    }

    private HashSet<uint> StoredRows(QueryBatch batch, CancellationToken cancellation)
    {
        var running = $"SELECT 1, count() FROM system.processes WHERE startsWith(query_id, {SqlText.Literal(QueryId(batch, null))})";
        if (client.Query(running, r => r.ReadUInt64(), cancellation).Single() > 0)
        {
            throw new ClickHouseException(ClickHouseError.ServerLost, "The server still works at what it was sent before the connection broke.");
        }

        var stored = string.Create(CultureInfo.InvariantCulture,
            $"SELECT 1, row FROM {address.QualifiedTable} WHERE batch = {batch.Id} AND {batch.Range.Condition}");
        return [.. client.Query(stored, r => r.ReadUInt32(), cancellation)];
    }

    private static string QueryId(QueryBatch batch, int? attempt) => string.Create(CultureInfo.InvariantCulture, $"dnstunnel-{batch.Id}-{attempt}");
}
