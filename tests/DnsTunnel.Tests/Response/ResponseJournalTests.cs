using System.Text;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Tests.Response;

public sealed class ResponseJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResponseJournal Journal => new(_folder.File("state/DnsTunnel/responses.jsonl"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reading_makes_nothing()
    {
        Assert.Empty(Journal.Read(Token).Responses);
        Assert.False(Directory.Exists(_folder.File("state")));
    }

    [Fact]
    public void The_last_state_of_an_id_holds()
    {
        Append(Response("a"), Response("b"), Response("a") with { Status = DnsTunnelResponseStatus.Applied });

        var content = Journal.Read(Token);
        Assert.Equal(["a", "b"], content.Responses.Select(r => r.Id));
        Assert.Equal(DnsTunnelResponseStatus.Applied, content.Find("A")?.Status);
        Assert.Equal(DateTimeKind.Utc, content.Responses[0].Timestamp.Kind);
        Assert.Equal(3, File.ReadAllLines(Journal.FilePath).Length);
    }

    [Fact]
    public void Only_the_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists, not modes");
            return;
        }
        Append(Response("a"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Journal.FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("state/DnsTunnel")));
    }

    [Fact]
    public void A_line_torn_anywhere_is_reported_and_costs_no_other()
    {
        Append(Response("a"), Response("b"));
        var whole = File.ReadAllBytes(Journal.FilePath);
        var first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = first + 1; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(Journal.FilePath, whole[..length]);
            Assert.Equal([2], Journal.Read(Token).BrokenLines);
            Append(Response("c"));

            var content = Journal.Read(Token);
            Assert.Equal(["a", "c"], content.Responses.Select(r => r.Id));
            Assert.Equal([2], content.BrokenLines);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_first_line_that_is_torn_is_still_a_journal(int length)
    {
        Append(Response("a"));
        File.WriteAllBytes(Journal.FilePath, File.ReadAllBytes(Journal.FilePath)[..length]);
        if (length < 5) Assert.Equal([1], Journal.Read(Token).BrokenLines);
        Append(Response("b"));

        Assert.Equal(["b"], ReadIds());
    }

    [Theory]
    [InlineData("$TTL 60\n@ SOA a. b. 1 1 1 1 1\n")]
    [InlineData("[1]")]
    [InlineData("\n")]
    public void A_file_of_another_kind_is_left_alone(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Journal.FilePath)!);
        File.WriteAllText(Journal.FilePath, text);

        Assert.Equal(ResponseError.JournalNotReadable, Assert.Throws<ResponseException>(() => Journal.Read(Token)).Error);
        Assert.Equal(ResponseError.JournalNotReadable, Assert.Throws<ResponseException>(() => Append(Response("a"))).Error);
        Assert.Equal(text, File.ReadAllText(Journal.FilePath));
    }

    [Theory]
    [InlineData("{\"v\":1}")]
    [InlineData("{\"v\":2,\"id\":\"x\",\"action\":\"BlockDomain\",\"target\":\"t\",\"provider\":\"Rpz\",\"status\":\"Applied\",\"steps\":[],\"timestamp\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"v\":1,\"id\":\"x\",\"action\":\"BlockDomain\",\"target\":\"\\u001b[31m\",\"provider\":\"Rpz\",\"status\":\"Applied\",\"steps\":[],\"timestamp\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"v\":1,\"id\":null,\"action\":\"BlockDomain\",\"target\":\"t\",\"provider\":\"Rpz\",\"status\":\"Applied\",\"steps\":[],\"timestamp\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"v\":1,\"id\":\"x\",\"action\":\"Explode\",\"target\":\"t\",\"provider\":\"Rpz\",\"status\":\"Applied\",\"steps\":[],\"timestamp\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"v\":1,\"id\":\"x\",\"action\":\"BlockDomain\",\"target\":\"t\",\"provider\":\"Rpz\",\"status\":\"Applied\",\"steps\":[null],\"timestamp\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("")]
    [InlineData("\xFF\xFE")]
    public void Lines_that_say_nothing_we_know_are_reported(string line)
    {
        Append(Response("a"));
        File.AppendAllBytes(Journal.FilePath, Encoding.Latin1.GetBytes(line + "\n"));

        var content = Journal.Read(Token);
        Assert.Equal([2], content.BrokenLines);
        Assert.Equal(["a"], content.Responses.Select(r => r.Id));
    }

    [Fact]
    public void A_line_that_was_changed_moved_or_taken_out_is_reported()
    {
        Append(Response("a"), Response("b"), Response("c"), Response("d"));
        var lines = File.ReadAllLines(Journal.FilePath);
        Assert.Empty(Journal.Read(Token).ForeignLines);

        Assert.Equal([2], ForeignLines(lines[0].Replace("\"a\"", "\"e\""), lines[1], lines[2], lines[3]));
        Assert.Equal([2, 3, 4], ForeignLines(lines[0], lines[2], lines[1], lines[3]));
        Assert.Equal([2], ForeignLines(lines[0], lines[2], lines[3]));
        Assert.Equal([1], ForeignLines(lines[1], lines[2], lines[3]));
    }

    [Fact]
    public void A_journal_that_cannot_be_made_is_an_error()
    {
        var journal = new ResponseJournal(Path.Combine(_folder.File("file", ""), "responses.jsonl"));

        Assert.Equal(ResponseError.JournalNotWritable, Assert.Throws<ResponseException>(() => journal.Open(Token)).Error);
    }

    [Fact]
    public void Whoever_waits_for_the_journal_can_be_stopped()
    {
        using var held = Journal.Open(Token);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.Throws<OperationCanceledException>(() => Journal.Open(stop.Token));
    }

    private List<int> ForeignLines(params string[] lines)
    {
        File.WriteAllLines(Journal.FilePath, lines);
        return Journal.Read(Token).ForeignLines;
    }

    private string[] ReadIds() => [.. Journal.Read(Token).Responses.Select(r => r.Id)];

    private void Append(params DnsTunnelResponse[] responses)
    {
        using var session = Journal.Open(Token);
        foreach (var response in responses) session.Append(response);
    }

    private static DnsTunnelResponse Response(string id) =>
        new() { Id = id, Target = "blocked.example", Provider = "Rpz", Changes = ["x"], Steps = [new StepRecord { Kind = "Script", Changes = ["x"] }], Timestamp = new DateTime(2026, 3, 9, 1, 2, 3, DateTimeKind.Utc) };
}
