using DnsTunnel.Response;
using DnsTunnel.Response.Accounts;
using DnsTunnel.Response.Journal;

namespace DnsTunnel.Tests.Response;

public sealed class AccountProviderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("eve:$6$salt$hash:19000:0:99999:7:::")]
    [InlineData("eve:$6$salt$hash:19000:0:99999:7::20500:")]
    [InlineData("eve:!$6$salt$hash:19000:0:99999:7:::")]
    [InlineData("eve:!:19000:0:99999:7:::")]
    [InlineData("eve:*:19000:0:99999:7:::")]
    [InlineData("eve::19000:0:99999:7:::")]
    [InlineData("eve:$6$salt$hash:19000:0:99999:7::1:")]
    public void An_account_comes_back_as_it_was(string line)
    {
        using var accounts = new AccountFolder(line, "other:*:19000:0:99999:7:::");
        var service = Service(accounts);
        var before = accounts.Text;
        var response = Disable(accounts, service).Response;

        Assert.Matches("^eve:!.*:1:$", accounts.Line("eve"));
        Assert.False(Disable(accounts, service).Changed);
        Assert.Null(service.Undo(response.Id, Token).Response.Note);
        Assert.Equal(before, accounts.Text);
    }

    [Fact]
    public void One_that_is_disabled_already_is_left_alone()
    {
        using var accounts = new AccountFolder("eve:!x:19000:0:99999:7::1:");
        Assert.Equal(ResponseError.NothingToDo, Assert.Throws<ResponseException>(() => Disable(accounts, Service(accounts))).Error);
    }

    [Fact]
    public void What_others_did_to_the_account_since_stays()
    {
        using var accounts = new AccountFolder("eve:$6$salt$hash:19000:0:99999:7:::");
        var service = Service(accounts);
        var response = Disable(accounts, service).Response;
        Assert.Equal(0, accounts.Runner.Run(DnsTunnel.Response.Scripts.ScriptLanguage.Shell, "chage -E 20000 eve", Token).ExitCode);

        Assert.Equal(ResponseError.ResponseChanged, Assert.Throws<ResponseException>(() => service.Undo(response.Id, Token)).Error);
    }

    [Fact]
    public void An_account_that_is_not_there_is_said_to_be_missing()
    {
        using var accounts = new AccountFolder();
        Assert.Equal(ResponseError.AccountNotFound, Assert.Throws<ResponseException>(() => AccountState.Read(accounts.Runner, DnsTunnelPlatform.Linux, "nobody.at.all", Token)).Error);
    }

    [Theory]
    [InlineData("-rf")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a:b")]
    [InlineData("$(reboot)")]
    [InlineData("a;b")]
    [InlineData("a'b")]
    [InlineData("*")]
    public void Hostile_names_are_none_of_Linux(string name) =>
        Assert.Equal(ResponseError.AccountNotFound, Assert.Throws<ResponseException>(() => AccountName.Parse(name, DnsTunnelPlatform.Linux)).Error);

    [Theory]
    [InlineData("*")]
    [InlineData("-Force")]
    [InlineData("a\"b")]
    [InlineData("a|b")]
    [InlineData("a\nb")]
    [InlineData("a;b")]
    [InlineData("X\\Y\\b")]
    public void Hostile_names_are_none_of_Windows(string name) =>
        Assert.Equal(ResponseError.AccountNotFound, Assert.Throws<ResponseException>(() => AccountName.Parse(name, DnsTunnelPlatform.Windows)).Error);

    [Theory]
    [InlineData("alice", DnsTunnelPlatform.Linux)]
    [InlineData("svc_web.1", DnsTunnelPlatform.Linux)]
    [InlineData("John O'Neil $(x)", DnsTunnelPlatform.Windows)]
    [InlineData("CORP\\jürgen", DnsTunnelPlatform.Windows)]
    public void Names_of_accounts_are_taken(string name, DnsTunnelPlatform platform) => Assert.Equal(name, AccountName.Parse(name, platform));

    private ResponseService Service(AccountFolder accounts) => new(new ResponseJournal(_folder.File("responses.jsonl")), accounts.Runner);

    private static ResponseOutcome Disable(AccountFolder accounts, ResponseService service)
    {
        var before = AccountState.Read(accounts.Runner, DnsTunnelPlatform.Linux, "eve", Token);
        return service.Apply(new AccountProvider("eve", DnsTunnelPlatform.Linux, before, []), new ResponseRequest(DnsTunnelAction.DisableAccount, "eve"), Token);
    }
}
