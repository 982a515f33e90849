using DnsTunnel.Response;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Tests.Response;

public sealed class ResponseServiceTests : IDisposable
{
    private const string Zone = "$TTL 60\n@ SOA a. b. 7 1 1 1 1\n NS a.\n; mine\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string _zone;
    private readonly ResponseJournal _journal;

    public ResponseServiceTests()
    {
        _zone = _folder.File("policy.zone", Zone);
        _journal = new ResponseJournal(_folder.File("state/responses.jsonl"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResponseService Service => new(_journal);

    private RpzProvider Provider => new(_zone);

    private string ZoneText => File.ReadAllText(_zone);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Block_and_undo()
    {
        var request = new ResponseRequest(Hostile.Domain("blocked.example")) { Score = 99, Reasons = ["why"], Clients = ["10.0.0.1"] };
        var applied = Service.Apply(Provider, request, Token).Response;

        Assert.Equal(DnsTunnelResponseStatus.Applied, applied.Status);
        Assert.Equal(Zone.Replace(" 7 ", " 8 ") + string.Concat(applied.Changes.Select(c => c + "\n")), ZoneText);
        var read = Assert.Single(_journal.Read(Token).Responses);
        Assert.Equivalent(applied, read, strict: true);
        Assert.Equal((99, "why", "10.0.0.1"), (read.Score, read.Reasons.Single(), read.Clients.Single()));

        var undone = Service.Undo(applied.Id, Token).Response;
        Assert.Equal(DnsTunnelResponseStatus.Undone, undone.Status);
        Assert.NotNull(undone.UndoneAt);
        Assert.Null(undone.Note);
        Assert.Equal(Zone.Replace(" 7 ", " 9 "), ZoneText);

        Assert.False(Service.Undo(applied.Id, Token).Changed);
        Assert.Equal(Zone.Replace(" 7 ", " 9 "), ZoneText);
    }

    [Fact]
    public void A_second_block_finds_the_first()
    {
        var first = Block("blocked.example");
        var text = ZoneText;
        var second = Block("BLOCKED.example.");

        Assert.False(second.Changed);
        Assert.Equal(first.Response.Id, second.Response.Id);
        Assert.Equal(text, ZoneText);
        Assert.Equal(first.Response.Id, Service.FindStanding(Provider, new ResponseRequest(Hostile.Domain("blocked.example")), Token)?.Id);
    }

    [Fact]
    public void A_block_whose_lines_were_taken_out_by_hand_is_done_again()
    {
        var first = Block("blocked.example").Response;
        File.WriteAllText(_zone, Zone);
        var second = Block("blocked.example");

        Assert.True(second.Changed);
        Assert.Equal(DnsTunnelResponseStatus.Undone, _journal.Read(Token).Find(first.Id)!.Status);
        Assert.Equal(DnsTunnelResponseStatus.Applied, _journal.Read(Token).Find(second.Response.Id)!.Status);
    }

    [Fact]
    public void A_block_that_lost_one_line_is_not_taken_for_whole()
    {
        var first = Block("blocked.example").Response;
        File.WriteAllText(_zone, ZoneText.Replace(first.Changes[1] + "\n", ""));

        Assert.Equal(ResponseError.ResponseChanged, Assert.Throws<ResponseException>(() => Block("blocked.example")).Error);
        Assert.StartsWith("Only 1 of its 2 lines", Service.Undo(first.Id, Token).Response.Note);
        Assert.DoesNotContain("blocked", ZoneText);
    }

    [Fact]
    public void What_fails_is_in_the_journal_as_failed_and_leaves_the_zone()
    {
        var provider = new CrashingProvider(Provider, CrashPoint.None) { Failure = new ResponseException(ResponseError.ZoneFileNotWritable, "no space") };

        Assert.Throws<ResponseException>(() => Service.Apply(provider, new ResponseRequest(Hostile.Domain("blocked.example")), Token));
        var failed = Assert.Single(_journal.Read(Token).Responses);
        Assert.Equal((DnsTunnelResponseStatus.Failed, "no space"), (failed.Status, failed.Note));
        Assert.Equal(Zone, ZoneText);
        Assert.False(Service.Undo(failed.Id, Token).Changed);
    }

    [Theory]
    [InlineData(CrashPoint.BeforeStep)]
    [InlineData(CrashPoint.AfterStep)]
    internal void Undo_works_after_a_crash_at_any_step(CrashPoint point)
    {
        Crash(point);
        var pending = Assert.Single(_journal.Read(Token).Responses);
        Assert.Equal(DnsTunnelResponseStatus.Pending, pending.Status);
        Assert.Equal(point == CrashPoint.AfterStep, ZoneText.Contains("blocked.example"));

        var undone = Service.Undo(pending.Id, Token).Response;
        Assert.Equal(DnsTunnelResponseStatus.Undone, undone.Status);
        Assert.Equal(point == CrashPoint.BeforeStep, undone.Note is not null);
        Assert.Equal(point == CrashPoint.AfterStep ? Zone.Replace(" 7 ", " 9 ") : Zone, ZoneText);
    }

    [Theory]
    [InlineData(CrashPoint.BeforeStep)]
    [InlineData(CrashPoint.AfterStep)]
    internal void Blocking_again_after_a_crash_blocks_once(CrashPoint point)
    {
        Crash(point);
        var again = Block("blocked.example");

        Assert.True(again.Changed);
        Assert.Equal(DnsTunnelResponseStatus.Applied, again.Response.Status);
        Assert.Equal(2, ZoneText.Split('\n').Count(l => l.Contains("blocked.example")));
        Service.Undo(again.Response.Id, Token);
        Assert.DoesNotContain("blocked.example", ZoneText);
    }

    [Fact]
    public void More_than_the_limit_is_refused()
    {
        ResponseOutcome Limited(string domain) => Service.Apply(Provider, new ResponseRequest(Hostile.Domain(domain)) { MaxPerHour = 2 }, Token);
        Limited("a.example");
        Service.Undo(Limited("b.example").Response.Id, Token);

        Assert.Equal(ResponseError.ResponseLimitReached, Assert.Throws<ResponseException>(() => Limited("c.example")).Error);
        Assert.False(Limited("a.example").Changed);
        Assert.True(Block("c.example").Changed);
    }

    [Fact]
    public void A_crash_between_the_undo_and_its_entry_is_mended_by_a_second_undo()
    {
        var response = Block("blocked.example").Response;
        var atDeath = File.ReadAllBytes(_journal.FilePath);
        Service.Undo(response.Id, Token);
        File.WriteAllBytes(_journal.FilePath, atDeath);

        var undone = Service.Undo(response.Id, Token).Response;
        Assert.Equal(DnsTunnelResponseStatus.Undone, undone.Status);
        Assert.NotNull(undone.Note);
        Assert.Equal(Zone.Replace(" 7 ", " 9 "), ZoneText);
    }

    [Fact]
    public void Undo_of_a_zone_file_that_is_gone_says_so()
    {
        var response = Block("blocked.example").Response;
        File.Delete(_zone);

        Assert.Equal("The zone file is gone.", Service.Undo(response.Id, Token).Response.Note);
        Assert.False(File.Exists(_zone));
    }

    [Fact]
    public void An_unknown_id_makes_no_journal()
    {
        Assert.Equal(ResponseError.ResponseNotFound, Assert.Throws<ResponseException>(() => Service.Undo("1234", Token)).Error);
        Assert.False(Directory.Exists(_folder.File("state")));
    }

    [Fact]
    public void Writers_at_once_lose_nothing_and_block_once()
    {
        // Each has a journal and a provider of its own, as processes have: the locks belong to open files, not to this process.
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Token }, i =>
        {
            var journal = new ResponseJournal(i % 3 == 0 ? _folder.File("other.jsonl") : _journal.FilePath);
            var service = new ResponseService(journal);
            try
            {
                service.Apply(new RpzProvider(_zone), new ResponseRequest(Hostile.Domain($"d{i / 2}.example")), Token);
            }
            catch (ResponseException exception) when (exception.Error == ResponseError.DomainAlreadyListed)
            {
                // By the writer with the other journal.
            }
        });

        var lines = ZoneText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Contains(".example ")).Select(l => l.Split(' ')[0]).ToArray();
        Assert.Equal(Enumerable.Range(0, 6).SelectMany(i => new[] { $"*.d{i}.example", $"d{i}.example" }).Order(StringComparer.Ordinal),
            lines.Order(StringComparer.Ordinal));
        Assert.Contains("SOA a. b. 13 ", ZoneText);

        foreach (var path in new[] { _journal.FilePath, _folder.File("other.jsonl") })
        {
            var journal = new ResponseJournal(path);
            Assert.Empty(journal.Read(Token).BrokenLines);
            foreach (var response in journal.Read(Token).Responses.Where(r => r.IsOpen)) new ResponseService(journal).Undo(response.Id, Token);
        }
        Assert.Equal(Zone.Replace(" 7 ", " 19 "), ZoneText);
    }

    private ResponseOutcome Block(string domain) => Service.Apply(Provider, new ResponseRequest(Hostile.Domain(domain)), Token);

    private void Crash(CrashPoint point) => Assert.Throws<CrashException>(() =>
        Service.Apply(new CrashingProvider(Provider, point), new ResponseRequest(Hostile.Domain("blocked.example")), Token));
}
