using System.Globalization;
using DnsTunnel.Response.Files;
using Microsoft.Data.Sqlite;

namespace DnsTunnel.History;

/// <summary>
/// The file of the history: a SQLite database. With its write-ahead log, readers do not wait, a process that is killed leaves nothing half
/// done, and writers wait for each other up to 30 seconds.
/// </summary>
internal sealed class HistoryFile(string path)
{
    private const int PatienceSeconds = 30;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public string FilePath { get; } = Path.GetFullPath(path);

    public bool Exists => File.Exists(FilePath);

    /// <summary>Reads from it; a file of an earlier version is brought to this one first.</summary>
    /// <exception cref="HistoryException">It cannot be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> read) => Guard(() =>
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        // A process that was killed just after it made the file.
        if (HistorySchema.Version(connection) == 0) return default!;
        try
        {
            HistorySchema.Migrate(connection);
            return read(connection);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or OverflowException or ArgumentOutOfRangeException)
        {
            // Damage need not hurt the structure: SQLite then gives values that no column can have.
            throw new HistoryException("it holds values that this module did not write", isCorrupt: true, exception);
        }
    });

    /// <summary>Writes to it in one transaction; makes it when there is none.</summary>
    /// <returns>Where this call put a corrupt file; null when there was none.</returns>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public string? Write(Action<SqliteConnection, SqliteTransaction> write, CancellationToken cancellation)
    {
        try
        {
            Guard(() => TryWrite(write));
            return null;
        }
        catch (HistoryException exception) when (exception.IsCorrupt)
        {
            var aside = Guard(() => SetAside(cancellation));
            Guard(() => TryWrite(write));
            return aside;
        }
    }

    private bool TryWrite(Action<SqliteConnection, SqliteTransaction> write)
    {
        Make();
        using var connection = Open(SqliteOpenMode.ReadWriteCreate);
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";
            command.ExecuteNonQuery();
        }

        HistorySchema.Migrate(connection);
        using var transaction = connection.BeginTransaction(deferred: false);
        write(connection, transaction);
        transaction.Commit();
        return true;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        // Pooled connections would keep the file open after the cmdlet.
        var settings = new SqliteConnectionStringBuilder { DataSource = FilePath, Mode = mode, Pooling = false, DefaultTimeout = PatienceSeconds };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What clients asked for is nobody else's business: the owner alone may read it.</summary>
    private void Make()
    {
        if (Exists) return;
        var folder = Path.GetDirectoryName(FilePath)!;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(FilePath, options).Dispose();
    }

    /// <summary>Under a lock, and only while the file is still corrupt: another process may have done it already.</summary>
    private string? SetAside(CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        using var held = SharedFile.Open($"{FilePath}.lock", options, cancellation);
        var aside = string.Create(CultureInfo.InvariantCulture, $"{FilePath}.corrupt-{DateTime.UtcNow:yyyyMMddHHmmssfff}");
        if (!IsCorrupt()) return null;
        File.Move(FilePath, aside);
        foreach (var suffix in new[] { "-wal", "-shm" })
        {
            if (File.Exists(FilePath + suffix)) File.Move(FilePath + suffix, aside + suffix);
        }

        return aside;
    }

    private bool IsCorrupt()
    {
        try
        {
            return Guard(() =>
            {
                using var connection = Open(SqliteOpenMode.ReadWrite);
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA quick_check(1)";
                return command.ExecuteScalar() is not "ok";
            });
        }
        catch (HistoryException exception)
        {
            return exception.IsCorrupt;
        }
    }

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            throw new HistoryException(exception.Message, exception.SqliteErrorCode is Corrupt or NotADatabase, exception);
        }
        catch (Exception exception) when (exception is (IOException and not FileLoadException) or UnauthorizedAccessException or TimeoutException)
        {
            throw new HistoryException(exception.Message, inner: exception);
        }
    }
}
