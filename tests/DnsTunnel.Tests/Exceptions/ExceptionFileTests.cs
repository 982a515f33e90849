using DnsTunnel.Exceptions;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Exceptions;

public sealed class ExceptionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ExceptionFile Store => new(_folder.File("data/DnsTunnel/exceptions.json"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reading_makes_nothing()
    {
        Assert.Empty(Store.Read());
        Assert.Equal(ExceptionListError.ExceptionNotFound, Assert.Throws<ExceptionListException>(() => Store.Remove("x", Token)).Error);
        Assert.Same(ExceptionList.BuiltIn, ExceptionList.Load(Store.FilePath));
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public void What_is_added_is_read_back_whole()
    {
        var exception = new DnsTunnelException
        {
            Domain = "cdn.example.com",
            NamePattern = @"[a-z+'""<>]+\.\d{1,3}",
            BudgetBytes = 12345,
            Expires = new DateTime(2030, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
            Reason = "Caf\u00E9 'cache' <1> \u202E",
            Source = "https://example.com/?a=1&b=2",
            Client = "192.0.2.0/24",
            Created = Excepted.Noon,
            CreatedBy = "me",
        };
        var added = Store.Add(exception, Token);

        Assert.Matches("^[0-9a-f]{8}$", added.Id);
        Assert.Equal(exception with { Id = added.Id, ExceptionPath = Store.FilePath }, added);
        Assert.Equal(added, Assert.Single(Store.Read()));
        Assert.Equal(DateTimeKind.Utc, Store.Read()[0].Expires!.Value.Kind);
        Assert.Contains(@"[a-z+'\""<>]+\\.\\d{1,3}", File.ReadAllText(Store.FilePath));
        Assert.Equal(added.Id, ExceptionList.Load(Store.FilePath).IdFor("a.1.cdn.example.com", client: "192.0.2.1"));
    }

    [Fact]
    public void Only_the_owner_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists.");
        Store.Add(Excepted.Make("a.example"), Token);
        Store.Add(Excepted.Make("b.example"), Token);

#pragma warning disable CA1416 // skipped there
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Store.FilePath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Store.FilePath)!));
#pragma warning restore CA1416
    }

    [Fact]
    public void One_is_removed_by_its_id()
    {
        var first = Store.Add(Excepted.Make("a.example"), Token);
        var second = Store.Add(Excepted.Make("b.example"), Token);

        Assert.Equal(first, Store.Remove(first.Id.ToUpperInvariant(), Token));
        Assert.Equal(second, Assert.Single(Store.Read()));
        Assert.Equal(ExceptionListError.ExceptionNotFound, Assert.Throws<ExceptionListException>(() => Store.Remove(first.Id, Token)).Error);
    }

    [Fact]
    public void The_same_is_not_added_twice_unless_it_has_expired()
    {
        Store.Add(Excepted.Make("a.example", expires: DateTime.UtcNow.AddDays(-1)), Token);
        Store.Add(Excepted.Make("a.example"), Token);
        Store.Add(Excepted.Make("a.example", "b"), Token);
        Store.Add(Excepted.Make("a.example", client: "192.0.2.1"), Token);

        Assert.Equal(ExceptionListError.ExceptionExists, Assert.Throws<ExceptionListException>(() => Store.Add(Excepted.Make("A.example"), Token)).Error);
        Assert.Equal(4, Store.Read().Length);
    }

    [Theory]
    [InlineData("", "whole file")]
    [InlineData("{", "whole file")]
    [InlineData("null", "no exceptions")]
    [InlineData("[]", "whole file")]
    [InlineData("{}", "version 0")]
    [InlineData("""{"version":2,"exceptions":[]}""", "version 2")]
    [InlineData("""{"version":1,"exceptions":null}""", "no exceptions")]
    [InlineData("""{"version":1,"exceptions":[null]}""", "Exception 1 has no id")]
    [InlineData("""{"version":1,"exceptions":[{"id":"a","domain":"a.example"}]}""", "Exception 1 has no id")]
    [InlineData("""{"version":1,"exceptions":[{"id":"a","domain":"a.example","reason":"r","budgetBytes":"much"}]}""", "budgetBytes")]
    [InlineData("""{"version":1,"exceptions":[{"id":"a","domain":"com","reason":"r"}]}""", "public suffix")]
    [InlineData("""{"version":1,"exceptions":[{"id":"a","domain":"a.example","reason":"r","namePattern":"("}]}""", "shape of names")]
    [InlineData("""{"version":1,"exceptions":[{"id":"a","domain":"a.example","reason":"r","client":"x"}]}""", "neither an address")]
    [InlineData("""{"version":1,"exceptions":[{"id":"a","domain":"a.example","reason":"r","budgetBytes":-1}]}""", "budget")]
    public void A_file_that_is_broken_is_an_error_that_names_it(string content, string expected)
    {
        var path = _folder.File("broken.json", content);
        var exception = Assert.Throws<ExceptionListException>(() => ExceptionList.Load(path));

        Assert.Equal(ExceptionListError.ExceptionFileNotValid, exception.Error);
        Assert.Contains(path, exception.Message);
        Assert.Contains(expected, exception.Message);
        if (!content.Contains("\"id\"")) Assert.Throws<ExceptionListException>(() => new ExceptionFile(path).Add(Excepted.Make("a.example"), Token));
        Assert.Equal(content, File.ReadAllText(path));
    }

    [Fact]
    public void Times_without_a_zone_are_UTC()
    {
        var path = _folder.File("hand.json", """{"version":1,"exceptions":[{"id":"a","domain":"a.example","reason":"r","expires":"2030-01-01"}]}""");

        Assert.Equal(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc), new ExceptionFile(path).Read()[0].Expires);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_an_error()
    {
        var store = new ExceptionFile(_folder.Path);

        Assert.Equal(ExceptionListError.ExceptionFileNotReadable, Assert.Throws<ExceptionListException>(store.Read).Error);
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing_and_readers_see_whole_files()
    {
        const int Writers = 4, Each = 15;
        var done = 0;
        var reader = Task.Run(() =>
        {
            while (Volatile.Read(ref done) < Writers) Store.Read();
        }, Token);
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (var i = 0; i < Each; i++) Store.Add(Excepted.Make($"w{writer}-{i}.example"), Token);
            Interlocked.Increment(ref done);
        });
        await reader;

        Assert.Equal(Writers * Each, Store.Read().Length);
    }
}
