using DnsTunnel.History;
using DnsTunnel.Tests.Response;
using Microsoft.Data.Sqlite;

namespace DnsTunnel.Tests.History;

/// <summary>What happens to the file: first use, damage, several writers, death in the middle.</summary>
public sealed class HistoryFileTests : IDisposable
{
    private const string Insert = "INSERT INTO domain (name, first_seen, last_seen) VALUES ($name, 1, 2)";

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("history.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_made_on_first_use_for_its_owner_alone()
    {
        var path = Path.Combine(_folder.Path, "new", "history.db");
        Assert.False(new HistoryFile(path).Exists);
        Assert.Null(Add(path, "a.example"));
        Assert.Equal(["a.example"], Domains(path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_file_that_is_no_database_is_put_aside_and_a_new_one_begun()
    {
        File.WriteAllText(FilePath, new string('x', 10_000));
        Assert.True(Assert.Throws<HistoryException>(() => Domains(FilePath)).IsCorrupt);
        Assert.Equal(10_000, new FileInfo(FilePath).Length);

        var aside = Add(FilePath, "a.example");
        Assert.Equal(10_000, new FileInfo(aside!).Length);
        Assert.Equal(["a.example"], Domains(FilePath));
    }

    [Fact]
    public void Damage_inside_the_file_is_found_and_put_aside()
    {
        for (var i = 0; i < 200; i++) Add(FilePath, $"{i}.example");
        using (var file = File.OpenWrite(FilePath))
        {
            // The pages of the tables; the header and the schema stay whole.
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        Assert.NotNull(Add(FilePath, "a.example"));
        Assert.Equal(["a.example"], Domains(FilePath));
    }

    [Theory]
    [InlineData("UPDATE domain SET last_seen = 9223372036854775807")]
    [InlineData("INSERT INTO finding VALUES ('a.example', '', 4294967296, 1, 2, 99, 0, NULL, NULL, '')")]
    public void Values_that_no_column_has_are_damage(string change)
    {
        Add(FilePath, "a.example");
        Execute(change);
        var history = new HistoryFile(FilePath);
        Assert.True(Assert.Throws<HistoryException>(() => history.Read(connection => new HistoryReader(connection).Find("a.example", FilePath))).IsCorrupt);
    }

    [Fact]
    public void A_database_of_something_else_is_left_alone()
    {
        Execute("CREATE TABLE other (x); INSERT INTO other VALUES (1);");
        var exception = Assert.Throws<HistoryException>(() => Add(FilePath, "a.example"));
        Assert.Contains("something else", exception.Message);
        Assert.False(exception.IsCorrupt);
        Assert.Single(Directory.GetFiles(_folder.Path, "history.db*"), f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));
    }

    [Fact]
    public void A_later_version_is_left_alone()
    {
        Add(FilePath, "a.example");
        Execute("PRAGMA user_version = 99");
        Assert.Contains("later version", Assert.Throws<HistoryException>(() => Add(FilePath, "b.example")).Message);
        Assert.Contains("later version", Assert.Throws<HistoryException>(() => Domains(FilePath)).Message);
    }

    /// <summary>The tables as the first version made them.</summary>
    [Fact]
    public void A_file_of_an_earlier_version_is_brought_to_this_one()
    {
        Execute(
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
            PRAGMA user_version = 1; PRAGMA application_id = 1145983828;
            INSERT INTO domain VALUES (1, 'old.example', 1772366400, 1772366500);
            INSERT INTO bucket VALUES (1, 1772366400, 900, 1240, 1240, 10832, 1);
            INSERT INTO finding VALUES ('old.example', '192.0.2.7', 1, 1772366400, 1772366500, 99.5, 10832, 'dns2tcp', NULL);
            """);
        Assert.Equal(["old.example"], Domains(FilePath));
        Assert.Null(Add(FilePath, "new.example"));
        Assert.Equal(["new.example", "old.example"], Domains(FilePath));
        var known = new HistoryFile(FilePath).Read(connection => new HistoryReader(connection).Find("old.example", FilePath))!;
        var finding = Assert.Single(known.Findings);
        Assert.Equal((1240, DnsTunnelFindingStatus.Ongoing, "dns2tcp"), (known.QueryCount, finding.Status, finding.Tool));
        Assert.Empty(finding.Processes);
    }

    [Fact]
    public void An_empty_file_is_a_new_one()
    {
        File.WriteAllBytes(FilePath, []);
        Assert.Null(new HistoryFile(FilePath).Read(connection => new HistoryReader(connection).Domains()));
        Assert.Null(Add(FilePath, "a.example"));
        Assert.Equal(["a.example"], Domains(FilePath));
    }

    [Fact]
    public void Writers_at_once_lose_nothing()
    {
        // The file is made and brought to its version at once too.
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Null(Add(FilePath, $"{i:D3}.example")));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i:D3}.example"), Domains(FilePath));
    }

    [Fact]
    public void Corruption_that_several_meet_at_once_is_put_aside_once()
    {
        File.WriteAllText(FilePath, new string('x', 10_000));
        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Add(FilePath, $"{i:D3}.example"));
        Assert.Single(Directory.GetFiles(_folder.Path, "history.db.corrupt-*"));
        Assert.Equal(20, Domains(FilePath).Count);
    }

    /// <summary>The files as they are in the middle of a write are what a process leaves that is killed there.</summary>
    [Fact]
    public void A_writer_that_is_killed_leaves_what_was_there_before()
    {
        Add(FilePath, "before.example");
        var copy = Path.Combine(_folder.Path, "copy.db");
        new HistoryFile(FilePath).Write((connection, transaction) =>
        {
            using var cache = HistoryWriter.Command(connection, transaction, "PRAGMA cache_size = 1");
            cache.ExecuteNonQuery();
            using var insert = HistoryWriter.Command(connection, transaction, Insert, "$name");
            for (var i = 0; i < 5000; i++) HistoryWriter.Run(insert, $"{i}.example").ExecuteNonQuery();
            Assert.True(new FileInfo(FilePath + "-wal").Length > 50_000);
            foreach (var suffix in new[] { "", "-wal", "-shm" }) Copy(FilePath + suffix, copy + suffix);
        }, TestContext.Current.CancellationToken);

        Assert.Equal(["before.example"], Domains(copy));
        Assert.Null(Add(copy, "after.example"));
        Assert.Equal(["after.example", "before.example"], Domains(copy));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_said_to_be_one()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.False(Assert.Throws<HistoryException>(() => Add(Path.Combine(_folder.File("file"), "history.db"), "a.example")).IsCorrupt);
    }

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.Create(to);
        source.CopyTo(target);
    }

    private static string? Add(string path, string domain) => new HistoryFile(path).Write((connection, transaction) =>
    {
        using var insert = HistoryWriter.Command(connection, transaction, Insert, "$name");
        HistoryWriter.Run(insert, domain).ExecuteNonQuery();
    }, TestContext.Current.CancellationToken);

    private static List<string> Domains(string path) => new HistoryFile(path).Read(connection => new HistoryReader(connection).Domains());

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        HistoryWriter.Command(connection, null, sql).ExecuteNonQuery();
    }
}
