using Microsoft.Data.Sqlite;

namespace DnsTunnel.History;

/// <summary>Reads what the history knows of domains.</summary>
internal sealed class HistoryReader(SqliteConnection connection)
{
    /// <summary>The names of all domains, in the order of the alphabet.</summary>
    public List<string> Domains()
    {
        using var command = HistoryWriter.Command(connection, null, "SELECT name FROM domain ORDER BY name");
        return Rows(command, row => row.GetString(0));
    }

    /// <summary>On how many days of a time any domain was asked for.</summary>
    public long DaysKept(DateTime from, DateTime until)
    {
        using var command = HistoryWriter.Command(
            connection, null, $"SELECT count(DISTINCT start / {HistoryWriter.SecondsADay}) FROM bucket WHERE start >= $from AND start < $until", "$from", "$until");
        return (long)HistoryWriter.Run(command, HistoryWriter.Seconds(from), HistoryWriter.Seconds(until)).ExecuteScalar()!;
    }

    /// <summary>Findings that are new or ongoing.</summary>
    public List<(string Domain, string? Client)> OpenFindings()
    {
        using var command = HistoryWriter.Command(connection, null,
            $"SELECT domain, client FROM finding WHERE status IN ({(int)DnsTunnelFindingStatus.New}, {(int)DnsTunnelFindingStatus.Ongoing})");
        return Rows(command, row => (row.GetString(0), Client(row, 1)));
    }

    /// <summary>The domains that were ever found, the latest first.</summary>
    public List<(string Domain, double Score, DateTime LastSeen)> FoundDomains()
    {
        using var command = HistoryWriter.Command(connection, null, "SELECT domain, max(score), max(last_found) AS last FROM finding GROUP BY domain ORDER BY last DESC, domain");
        return Rows(command, row => (row.GetString(0), row.GetDouble(1), Time(row, 2)));
    }

    /// <summary>Null for a domain that is not known.</summary>
    public DnsDomainHistory? Find(string domain, string path)
    {
        using var known = HistoryWriter.Command(connection, null, "SELECT id, first_seen, last_seen FROM domain WHERE name = $name", "$name");
        var row = Rows(HistoryWriter.Run(known, domain), r => (Id: r.GetInt64(0), First: Time(r, 1), Last: Time(r, 2)));
        if (row.Count == 0) return null;
        return new DnsDomainHistory
        {
            Domain = domain,
            FirstSeen = row[0].First,
            LastSeen = row[0].Last,
            Days = Days(row[0].Id),
            Findings = Findings(domain),
            HistoryPath = path,
        };
    }

    private DnsDomainHistoryDay[] Days(long domain)
    {
        using var command = HistoryWriter.Command(connection, null,
            $"""
            SELECT day, max(queries), max(names), max(information), max(clients) FROM (
                SELECT start / {HistoryWriter.SecondsADay} * {HistoryWriter.SecondsADay} AS day, seconds, sum(queries) AS queries, sum(names) AS names,
                    sum(information) AS information, max(clients) AS clients
                FROM bucket WHERE domain = $domain GROUP BY day, seconds)
            GROUP BY day ORDER BY day
            """, "$domain");
        return
        [
            .. Rows(HistoryWriter.Run(command, domain), row => new DnsDomainHistoryDay
            {
                Day = Time(row, 0),
                QueryCount = row.GetInt64(1),
                UniqueNames = row.GetInt64(2),
                InformationBytes = row.GetInt64(3),
                ClientCount = row.GetInt64(4),
            }),
        ];
    }

    private DnsTunnelFindingHistory[] Findings(string domain)
    {
        using var command = HistoryWriter.Command(connection, null,
            "SELECT client, status, first_found, last_found, score, bytes_out, tool, exception, processes FROM finding WHERE domain = $domain ORDER BY client", "$domain");
        return
        [
            .. Rows(HistoryWriter.Run(command, domain), row => new DnsTunnelFindingHistory
            {
                Client = Client(row, 0),
                Status = (DnsTunnelFindingStatus)row.GetInt32(1),
                FirstSeen = Time(row, 2),
                LastSeen = Time(row, 3),
                Score = row.GetDouble(4),
                BytesOut = row.GetInt64(5),
                Tool = row.IsDBNull(6) ? null : row.GetString(6),
                Exception = row.IsDBNull(7) ? null : row.GetString(7),
                Processes = row.GetString(8).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            }),
        ];
    }

    /// <summary>Findings of several clients have none.</summary>
    private static string? Client(SqliteDataReader row, int column) => row.GetString(column) is { Length: > 0 } client ? client : null;

    private static DateTime Time(SqliteDataReader row, int column) => DateTime.UnixEpoch.AddSeconds(row.GetInt64(column));

    private static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> make)
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) rows.Add(make(reader));
        return rows;
    }
}
