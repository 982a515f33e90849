using Microsoft.Data.Sqlite;

namespace DnsTunnel.History;

/// <summary>Leads findings through their life, by the time of the queries and never by the clock: a run over old data is no news.</summary>
internal sealed class FindingLife(SqliteConnection connection, SqliteTransaction transaction)
{
    /// <param name="findings">Of this run.</param>
    /// <param name="newest">The newest query of this run, in seconds.</param>
    public void Update(IReadOnlyCollection<DnsTunnelFinding> findings, long newest)
    {
        // What is found again later goes on; what was closed and comes back is new again.
        using var found = HistoryWriter.Command(connection, transaction,
            $"""
            INSERT INTO finding VALUES ($domain, $client, {(int)DnsTunnelFindingStatus.New}, $first, $last, $score, $bytes, $tool, $exception, $processes)
            ON CONFLICT (domain, client) DO UPDATE SET
                status = CASE WHEN excluded.last_found <= last_found THEN status
                    WHEN status IN ({(int)DnsTunnelFindingStatus.New}, {(int)DnsTunnelFindingStatus.Ongoing}) THEN {(int)DnsTunnelFindingStatus.Ongoing}
                    ELSE {(int)DnsTunnelFindingStatus.New} END,
                first_found = min(first_found, excluded.first_found), last_found = max(last_found, excluded.last_found),
                score = max(score, excluded.score), bytes_out = max(bytes_out, excluded.bytes_out), tool = coalesce(excluded.tool, tool), exception = excluded.exception,
                processes = CASE excluded.processes WHEN '' THEN processes ELSE excluded.processes END
            """, "$domain", "$client", "$first", "$last", "$score", "$bytes", "$tool", "$exception", "$processes");
        using var suppressed = HistoryWriter.Command(connection, transaction,
            $"UPDATE finding SET status = {(int)DnsTunnelFindingStatus.Suppressed}, exception = $exception WHERE domain = $domain AND client IN ($client, '') AND last_found <= $last",
            "$exception", "$domain", "$client", "$last");
        using var closed = HistoryWriter.Command(connection, transaction,
            $"""
            UPDATE finding SET status = {(int)DnsTunnelFindingStatus.Closed}
            WHERE status IN ({(int)DnsTunnelFindingStatus.New}, {(int)DnsTunnelFindingStatus.Ongoing}) AND last_found < $before
            """, "$before");
        foreach (var finding in findings)
        {
            var (first, last) = (HistoryWriter.Seconds(finding.FirstSeen), HistoryWriter.Seconds(finding.LastSeen));
            var client = finding.Client ?? "";
            if (finding.IsTunnel) HistoryWriter.Run(found, finding.Domain, client, first, last, finding.Score, finding.BytesOut, finding.Tool, finding.Exception, string.Join('\n', finding.Processes)).ExecuteNonQuery();
            else if (finding.Exception is not null) HistoryWriter.Run(suppressed, finding.Exception, finding.Domain, client, last).ExecuteNonQuery();
        }

        HistoryWriter.Run(closed, newest - HistoryWriter.SecondsADay).ExecuteNonQuery();
    }
}
