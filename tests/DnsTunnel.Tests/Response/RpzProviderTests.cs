using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Tests.Response;

/// <summary>What the provider does with files; what it writes is tested by <see cref="ZoneFileTests"/>.</summary>
public sealed class RpzProviderTests : IDisposable
{
    private const string Zone = "@ SOA a. b. 7 1 1 1 1\n NS a.\n";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Preview_shows_what_is_written_and_touches_nothing()
    {
        var path = _folder.File("policy.zone");
        var preview = Plan(path).Changes;
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));

        Commit(path);
        Assert.Equal(preview, File.ReadAllLines(path)[^2..]);
    }

    [Fact]
    public void Nothing_but_zone_and_lock_is_left_behind()
    {
        Commit(_folder.File("policy.zone", Zone));

        Assert.Equal([".policy.zone.lock", "policy.zone"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Planning_changes_nothing()
    {
        var path = _folder.File("policy.zone", Zone);
        Plan(path);

        Assert.Equal(Zone, File.ReadAllText(path));
        Commit(path);
    }

    [Fact]
    public void Mode_is_kept_and_links_stay_links()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access lists, and links need a right");
            return;
        }
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        var target = _folder.File("real.zone", Zone);
        File.SetUnixFileMode(target, Mode);
        File.CreateSymbolicLink(_folder.File("policy.zone"), target);
        Commit(_folder.File("policy.zone"));

        Assert.Equal(target, new FileInfo(_folder.File("policy.zone")).LinkTarget);
        Assert.Contains("blocked.example", File.ReadAllText(target));
        Assert.Equal(Mode, File.GetUnixFileMode(target));
    }

    [Fact]
    public void Owner_and_group_are_kept()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("only root on Linux can give files away");
        var path = _folder.File("policy.zone", Zone);
        Assert.Equal(0, Programs.Run("chown", "1234:2345", path).ExitCode);
        Commit(path);

        Assert.Equal("1234:2345", Programs.Run("stat", "-c", "%u:%g", path).Output.Trim());
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var exception = Assert.Throws<ResponseException>(() => Commit(_folder.File("missing/policy.zone")));

        Assert.Equal(ResponseError.ZoneFileNotWritable, exception.Error);
        Assert.Contains(_folder.File("missing"), exception.Message);
    }

    [Fact]
    public void A_folder_is_no_zone_file() =>
        Assert.Equal(ResponseError.ZoneFileNotReadable, Assert.Throws<ResponseException>(() => Commit(_folder.Path)).Error);

    [Theory]
    [InlineData("8.0.0.0.10.rpz-client-ip")]
    [InlineData("24.0.2.0.192.RPZ-IP")]
    [InlineData("ns.evil.rpz-nsdname")]
    [InlineData("x.rpz-nsip")]
    public void Names_that_a_policy_zone_takes_for_other_triggers_are_refused(string name) => Assert.Equal(ResponseError.DomainNotValid,
        Assert.Throws<ResponseException>(() => Plan(_folder.File("z"), name)).Error);

    [Fact]
    public void Lines_that_others_made_wrong_meanwhile_are_not_written()
    {
        var path = _folder.File("policy.zone", Zone);
        var plan = Plan(path);
        File.WriteAllText(path, Zone + "; no line end");

        Assert.Equal(ResponseError.ZoneFileBusy, Assert.Throws<ResponseException>(() => plan.Steps[0].Apply(Context)).Error);
        Assert.Equal(Zone + "; no line end", File.ReadAllText(path));
    }

    [Fact]
    public void A_server_that_cannot_be_told_is_a_failure_that_leaves_the_file()
    {
        var path = _folder.File("policy.zone", Zone);
        var options = new DomainProviderOptions { Reload = ZoneReload.Rndc, ZoneName = "rpz.test", ControlConfiguration = _folder.File("no';such") };
        var step = new RpzProvider(path, options).Plan(Request("blocked.example")).Steps[0];

        Assert.Equal($"rndc -c '{_folder.Path}/no'\\'';such' reload 'rpz.test'", step.Changes[^1]);
        Assert.Equal(ResponseError.CommandFailed, Assert.Throws<ResponseException>(() => step.Apply(Context)).Error);
        Assert.Equal(Zone.Replace(" 7 ", " 9 "), File.ReadAllText(path));
    }

    [Theory]
    [InlineData("192.0.2.9", "A 192.0.2.9")]
    [InlineData("2001:db8::9", "AAAA 2001:db8::9")]
    public void A_sinkhole_is_an_address(string address, string data)
    {
        var request = Request("blocked.example") with { Sinkhole = IPAddress.Parse(address) };

        Assert.Equal([$"blocked.example {data} ; DnsTunnel 1a2b3c4d", $"*.blocked.example {data} ; DnsTunnel 1a2b3c4d"],
            new RpzProvider(_folder.File("z")).Plan(request).Changes);
    }

    private static StepContext Context => new(new LocalScriptRunner(), Token);

    private static ResponseRequest Request(string domain) => new(Hostile.Domain(domain)) { Id = "1a2b3c4d" };

    private static ResponsePlan Plan(string path, string domain = "blocked.example") => new RpzProvider(path).Plan(Request(domain));

    private static void Commit(string path) => Plan(path).Steps[0].Apply(Context);
}
