using Microsoft.Data.Sqlite;

namespace DnsTunnel.History;

/// <summary>
/// The tables of the history. A file knows its version (user_version) and whose it is (application_id); times are seconds since 1970, UTC.
/// A bucket holds one domain over one window, and is put into that of its day when it is old.
/// </summary>
internal static class HistorySchema
{
    private const long ApplicationId = 0x444E5354;

    /// <summary>Each brings the file from the version of its index to the next.</summary>
    private static readonly string[] s_migrations =
    [
        """
        CREATE TABLE domain (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL);
        CREATE INDEX domain_last_seen ON domain (last_seen);
        CREATE TABLE bucket (
            domain INTEGER NOT NULL REFERENCES domain (id) ON DELETE CASCADE, start INTEGER NOT NULL, seconds INTEGER NOT NULL,
            queries INTEGER NOT NULL, names INTEGER NOT NULL, information INTEGER NOT NULL, clients INTEGER NOT NULL,
            PRIMARY KEY (domain, start, seconds)) WITHOUT ROWID;
        CREATE INDEX bucket_age ON bucket (seconds, start);
        CREATE TABLE finding (
            domain TEXT NOT NULL, client TEXT NOT NULL, status INTEGER NOT NULL, first_found INTEGER NOT NULL, last_found INTEGER NOT NULL,
            score REAL NOT NULL, bytes_out INTEGER NOT NULL, tool TEXT, exception TEXT,
            PRIMARY KEY (domain, client)) WITHOUT ROWID;
        """,
        "ALTER TABLE finding ADD COLUMN processes TEXT NOT NULL DEFAULT '';",
    ];

    /// <summary>Makes the tables, or brings them to this version.</summary>
    /// <exception cref="HistoryException">The file is of something else, or of a later version.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        if (Version(connection) == s_migrations.Length) return;
        using var transaction = connection.BeginTransaction(deferred: false);
        // Another process may have done it by now.
        for (var version = Version(connection); version < s_migrations.Length; version++)
        {
            Execute(connection, transaction, $"{s_migrations[version]} PRAGMA user_version = {version + 1}; PRAGMA application_id = {ApplicationId};");
        }

        transaction.Commit();
    }

    /// <summary>The version of the tables; 0 for a new file.</summary>
    /// <exception cref="HistoryException">The file is of something else, or of a later version.</exception>
    public static long Version(SqliteConnection connection)
    {
        var (version, owner) = (Read(connection, "PRAGMA user_version"), Read(connection, "PRAGMA application_id"));
        if (version > s_migrations.Length && owner == ApplicationId) throw new HistoryException($"it was made by a later version of this module (format {version}, and this one knows {s_migrations.Length})");
        var isNew = version == 0 && owner == 0 && Read(connection, "SELECT count(*) FROM sqlite_master") == 0;
        return isNew || (owner == ApplicationId && version >= 0) ? version : throw new HistoryException("it is a database of something else");
    }

    private static long Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
