using DnsTunnel.Delivery;
using DnsTunnel.Exceptions;
using DnsTunnel.Export;
using DnsTunnel.History;
using DnsTunnel.Monitoring;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Tests.Delivery;
using DnsTunnel.Tests.Exceptions;

namespace DnsTunnel.Tests.Limits;

/// <summary>What the module keeps on disk.</summary>
/// <param name="Name">For people.</param>
/// <param name="Add">Adds one thing of more than a page, under a number, to what is in the folder.</param>
/// <param name="Count">How many whole things there are.</param>
/// <param name="IsExpected">Whether an error is the one that callers know how to tell.</param>
internal sealed record KeptFile(string Name, Action<string, int> Add, Func<string, int> Count, Func<Exception, bool> IsExpected)
{
    private static readonly string s_long = new('x', 20_000);

    public static KeptFile[] All { get; } =
    [
        new("journal", AddToJournal, folder => Whole(Journal(folder).Read(default)), e => e is ResponseException { Error: ResponseError.JournalNotWritable }),
        new("zone", AddToZone, folder => File.ReadAllLines(Path.Combine(folder, "zone")).Count(line => line.StartsWith('*')), e => e is ResponseException),
        new("ledger", AddToLedger, CountLedger, e => e is IOException or UnauthorizedAccessException),
        new("outbox", (folder, i) => Outbox(folder).Add(EcsFindingWriter.Write(Finding(i), DateTime.UtcNow)), folder => Outbox(folder).Waiting.Length, e => e is DeliveryException { Error: DeliveryError.OutboxNotUsable }),
        new("findings", (folder, i) => FindingFile.Append(Path.Combine(folder, "findings"), Finding(i), default), CountFindings, e => e is IOException or UnauthorizedAccessException),
        new("history", AddToHistory, folder => History(folder).Read(connection => new HistoryReader(connection).Domains()).Count, e => e is HistoryException { IsCorrupt: false }),
        new("exceptions", (folder, i) => Exceptions(folder).Add(Excepted.Make($"{i}.example") with { Reason = s_long }, default), folder => Exceptions(folder).Read().Length, e => e is ExceptionListException { Error: ExceptionListError.ExceptionFileNotWritable }),
        new("export", AddToExport, folder => Directory.GetFiles(folder, "export-*").Count(file => File.ReadLines(file).Any()), e => e is IOException or UnauthorizedAccessException),
    ];

    private static DnsTunnelFinding Finding(int number) => Findings.Make($"{number}.example", "192.0.2.7", $"{number}.{s_long}");

    private static ResponseJournal Journal(string folder) => new(Path.Combine(folder, "journal"));

    private static Outbox Outbox(string folder) => new(Path.Combine(folder, "outbox"), ".json");

    private static HistoryFile History(string folder) => new(Path.Combine(folder, "history"));

    private static ExceptionFile Exceptions(string folder) => new(Path.Combine(folder, "exceptions"));

    private static void AddToJournal(string folder, int number)
    {
        using var session = Journal(folder).Open(default);
        session.Append(new DnsTunnelResponse { Id = $"{number:x8}", Target = "t.example", Provider = "Rpz", Note = s_long });
    }

    private static int Whole(JournalContent journal)
    {
        Assert.Empty(journal.BrokenLines);
        Assert.Empty(journal.ForeignLines);
        return journal.Responses.Count;
    }

    private static void AddToZone(string folder, int number)
    {
        var path = Path.Combine(folder, "zone");
        if (!File.Exists(path)) File.WriteAllText(path, $"@ SOA a. b. 7 1 1 1 1\n NS a.\n; {s_long}\n");
        new ResponseService(Journal(folder)).Apply(new RpzProvider(path), new ResponseRequest(Hostile.Domain($"{number}.example")), default);
    }

    private static void AddToLedger(string folder, int number)
    {
        using var ledger = FindingLedger.Open(Path.Combine(folder, "ledger"));
        ledger.Note(Finding(number));
        ledger.Save();
    }

    private static int CountLedger(string folder)
    {
        using var ledger = FindingLedger.Open(Path.Combine(folder, "ledger"));
        Assert.Null(ledger.SetAside);
        return Enumerable.Range(0, 9).Count(i => ledger.LifeOf(Finding(i), DateTime.UnixEpoch, TimeSpan.FromDays(1)) != DnsTunnelFindingLife.New);
    }

    /// <summary>A line that was cut by the end of the disk is none.</summary>
    private static int CountFindings(string folder) =>
        File.ReadLines(Path.Combine(folder, "findings")).Count(line => line.StartsWith('{') && line.EndsWith('}'));

    private static void AddToHistory(string folder, int number) => Assert.Null(History(folder).Write((connection, transaction) =>
    {
        using var insert = HistoryWriter.Command(connection, transaction, "INSERT INTO domain (name, first_seen, last_seen) VALUES ($name, 1, 2)", "$name");
        HistoryWriter.Run(insert, $"{number}.{s_long}{s_long}").ExecuteNonQuery();
    }, default));

    private static void AddToExport(string folder, int number)
    {
        using var writer = QueryWriter.Open(Path.Combine(folder, $"export-{number}"), DnsQueryFormat.EcsNdjson, FileMode.CreateNew);
        for (var i = 0; i < 10; i++) writer.Write(new DnsQuery { Timestamp = DateTime.UnixEpoch, QueryName = "a.example", UserName = s_long });
    }
}
