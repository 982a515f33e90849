using Microsoft.Data.Sqlite;

namespace DnsTunnel.History;

/// <summary>
/// Puts the volumes and findings of a run into the history. A window that is read again, as by a schedule whose runs overlap, replaces
/// itself: each number keeps its greatest value.
/// </summary>
/// <param name="connection">To the file.</param>
/// <param name="transaction">That all is written in.</param>
/// <param name="maxBytes">What may be in use of the file; beyond, the oldest days go.</param>
internal sealed class HistoryWriter(SqliteConnection connection, SqliteTransaction transaction, long maxBytes = HistoryWriter.MaxBytes)
{
    private const long MaxBytes = 1L << 30;

    public const int SecondsADay = 86_400;

    /// <summary>Windows are kept for so long before the newest of them, then days.</summary>
    private const int KeptSeconds = 2 * SecondsADay;
    private const int KeptDays = 400;
    private const int MaxDomains = 1_000_000;
    private const int MaxFindings = 100_000;

    public void Write(IEnumerable<DomainVolume[]> windows, IReadOnlyCollection<DnsTunnelFinding> findings)
    {
        var newest = 0L;
        using var domain = Command(
            """
            INSERT INTO domain (name, first_seen, last_seen) VALUES ($name, $first, $last)
            ON CONFLICT (name) DO UPDATE SET first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
            RETURNING id
            """, "$name", "$first", "$last");
        using var bucket = Command(
            """
            INSERT INTO bucket SELECT $domain, $start, $seconds, $queries, $names, $information, $clients WHERE true
            ON CONFLICT (domain, start, seconds) DO UPDATE SET queries = max(queries, excluded.queries), names = max(names, excluded.names),
                information = max(information, excluded.information), clients = max(clients, excluded.clients)
            """, "$domain", "$start", "$seconds", "$queries", "$names", "$information", "$clients");
        foreach (var window in windows)
        {
            foreach (var volumes in window.GroupBy(v => v.Domain, StringComparer.Ordinal))
            {
                var first = volumes.First();
                var last = Seconds(volumes.Max(v => v.LastSeen));
                newest = Math.Max(newest, last);
                var id = (long)Run(domain, volumes.Key, Seconds(volumes.Min(v => v.FirstSeen)), last).ExecuteScalar()!;
                var clients = volumes.Sum(v => v.Client is null ? v.ClientCount : 1);
                Run(bucket, id, Seconds(first.WindowStart), (long)(first.WindowEnd - first.WindowStart).TotalSeconds,
                    volumes.Sum(v => v.QueryCount), volumes.Sum(v => v.UniqueNames), volumes.Sum(v => v.InformationBytes), clients).ExecuteNonQuery();
            }
        }

        if (newest == 0) return;
        // A clock that went wrong must not age out all that is held.
        newest = Math.Min(newest, Seconds(DateTime.UtcNow) + SecondsADay);
        new FindingLife(connection, transaction).Update(findings, newest);
        Age(newest);
    }

    public static long Seconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    /// <summary>Windows of different lengths hold the same queries, so a day is the greatest of their sums.</summary>
    private void Age(long newest)
    {
        using var days = Command(
            $"""
            INSERT INTO bucket
            SELECT domain, day, {SecondsADay}, max(queries), max(names), max(information), max(clients) FROM (
                SELECT domain, start / {SecondsADay} * {SecondsADay} AS day, seconds, sum(queries) AS queries, sum(names) AS names,
                    sum(information) AS information, max(clients) AS clients
                FROM bucket WHERE seconds < {SecondsADay} AND start < $before GROUP BY domain, day, seconds)
            WHERE true GROUP BY domain, day
            ON CONFLICT (domain, start, seconds) DO UPDATE SET queries = max(queries, excluded.queries), names = max(names, excluded.names),
                information = max(information, excluded.information), clients = max(clients, excluded.clients)
            """, "$before");
        using var windows = Command($"DELETE FROM bucket WHERE seconds < {SecondsADay} AND start < $before", "$before");
        using var old = Command("DELETE FROM bucket WHERE start < $before", "$before");
        using var domains = Command("DELETE FROM domain WHERE id IN (SELECT id FROM domain ORDER BY last_seen DESC LIMIT -1 OFFSET $kept)", "$kept");
        using var findings = Command("DELETE FROM finding WHERE (domain, client) IN (SELECT domain, client FROM finding ORDER BY last_found DESC LIMIT -1 OFFSET $kept)", "$kept");
        var before = (newest - KeptSeconds) / SecondsADay * SecondsADay;
        Run(days, before).ExecuteNonQuery();
        Run(windows, before).ExecuteNonQuery();
        Run(old, newest - ((long)KeptDays * SecondsADay)).ExecuteNonQuery();
        Run(domains, MaxDomains).ExecuteNonQuery();
        Run(findings, MaxFindings).ExecuteNonQuery();
        while (UsedBytes() > maxBytes && DropOldestDays())
        {
        }
    }

    /// <summary>Pages that were freed are used again before the file grows.</summary>
    private long UsedBytes()
    {
        using var command = Command("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Drops the oldest quarter of what is kept by day, with the domains that have nothing left; false when there is nothing.</summary>
    private bool DropOldestDays()
    {
        using var days = Command("DELETE FROM bucket WHERE start <= (SELECT min(start) + (max(start) - min(start)) / 4 FROM bucket)");
        using var domains = Command("DELETE FROM domain WHERE id NOT IN (SELECT domain FROM bucket)");
        var dropped = days.ExecuteNonQuery();
        return dropped + domains.ExecuteNonQuery() > 0;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters) => Command(connection, transaction, sql, parameters);

    public static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter(name, null));
        return command;
    }

    public static SqliteCommand Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
