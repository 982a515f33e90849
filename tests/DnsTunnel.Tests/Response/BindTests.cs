using System.Net;
using System.Text.RegularExpressions;
using DnsTunnel.Response;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Tests.Response;

/// <summary>What a real BIND 9 makes of the policy zone.</summary>
public sealed partial class BindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BindTests() => Service = new ResponseService(new ResponseJournal(_folder.File("responses.jsonl")));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResponseService Service { get; }

    private string ZonePath => _folder.File("policy.zone");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_blocked_domain_is_denied_until_the_block_is_undone()
    {
        Block("unrelated.example");
        using var server = new NamedServer(_folder, ZonePath, "blocked.example", "other.example");
        Assert.Equal("NOERROR", server.Status("blocked.example"));

        var response = Block("blocked.example");
        server.Reload("blocked.example", "NXDOMAIN");
        Assert.Equal("NXDOMAIN", server.Status($"{Guid.NewGuid():N}.blocked.example"));
        Assert.Equal("NXDOMAIN", server.Status($"a.b.c.{Guid.NewGuid():N}.blocked.example"));
        Assert.Equal("NOERROR", server.Status("other.example"));
        Assert.Equal("NOERROR", server.Status("blocked.example.other.example"));

        Service.Undo(response.Id, Token);
        server.Reload("blocked.example", "NOERROR");
        Assert.Equal("NOERROR", server.Status($"{Guid.NewGuid():N}.blocked.example"));
    }

    [Theory]
    [InlineData(null, "NXDOMAIN")]
    [InlineData("192.0.2.99", "NOERROR")]
    [InlineData("2001:db8::99", "NOERROR")]
    public void A_server_that_is_told_and_asked_has_the_block_in_force_at_once(string? sinkhole, string status)
    {
        using var server = StartWithEmptyPolicy();
        var options = new DomainProviderOptions { Reload = ZoneReload.Rndc, ZoneName = "rpz.test", ControlConfiguration = server.ControlConfiguration, Resolvers = [server.EndPoint] };
        var request = new ResponseRequest(Hostile.Domain("blocked.example")) { Sinkhole = sinkhole is null ? null : IPAddress.Parse(sinkhole) };
        var response = Service.Apply(new RpzProvider(ZonePath, options), request, Token).Response;

        Assert.Equal(status, server.Status("blocked.example"));
        Assert.Equal(status, server.Status($"{Guid.NewGuid():N}.blocked.example"));
        Assert.Null(Service.Undo(response.Id, Token).Response.Note);
        server.Reload("blocked.example", "NOERROR");
    }

    [Fact]
    public void A_block_that_does_not_reach_the_resolver_is_taken_back()
    {
        using var server = StartWithEmptyPolicy();
        var before = File.ReadAllLines(ZonePath).Length;
        // Nobody tells the server to load the zone.
        var options = new DomainProviderOptions { Resolvers = [server.EndPoint] };
        var exception = Assert.Throws<ResponseException>(() => Service.Apply(new RpzProvider(ZonePath, options), new ResponseRequest(Hostile.Domain("blocked.example")), Token));

        Assert.Equal(ResponseError.ResponseNotEffective, exception.Error);
        Assert.Contains("still answers 'blocked.example'", exception.Message);
        Assert.Equal(before, File.ReadAllLines(ZonePath).Length);
    }

    [Fact]
    public void Blocks_within_the_update_interval_of_BIND_are_waited_for()
    {
        File.WriteAllText(ZonePath, "$TTL 60\n@ SOA a. b. 7 1 1 1 1\n NS a.\n");
        using var server = new NamedServer(_folder, ZonePath, interval: "", ["blocked.example", "other.example"]);
        var options = new DomainProviderOptions { Resolvers = [server.EndPoint], Reload = ZoneReload.Rndc, ZoneName = "rpz.test", ControlConfiguration = server.ControlConfiguration };

        Service.Apply(new RpzProvider(ZonePath, options), new ResponseRequest(Hostile.Domain("blocked.example")), Token);

        Assert.Equal("NXDOMAIN", server.Status("x.blocked.example"));
        Assert.Equal("NOERROR", server.Status("x.other.example"));
    }

    [Fact]
    public void Hostile_names_deny_themselves_and_nothing_else()
    {
        foreach (var label in Hostile.Labels) Block(Hostile.Below(label).Text);
        using var server = new NamedServer(_folder, ZonePath, "example");
        server.Reload("\\034.bad.example", "NXDOMAIN");

        foreach (var label in Hostile.Labels) server.WaitFor(ZoneFileText.Encode(Hostile.Below(label).Wire), "NXDOMAIN");
        foreach (var name in new[] { "bad.example", "x.bad.example", "other.example", "y.example" }) Assert.Equal("NOERROR", server.Status(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$TTL 60\n@ SOA a. b. 7 1 1 1 1\n NS a.\nwalled A 10.0.0.1\n  TXT \"no line end (\"")]
    [InlineData("$ORIGIN .\n$TTL 60\nrpz.test IN SOA a. b. ( 2026030900\n 1 1 1 1 )\n NS a.\n$ORIGIN org.rpz.test.\nbad CNAME .\n")]
    public void Named_checkzone_accepts_every_state_of_the_file(string before)
    {
        var checkZone = Programs.Require("named-checkzone", "bind9-utils");
        if (before.Length > 0) File.WriteAllText(ZonePath, before);

        var responses = Hostile.Labels.Select(label => Block(Hostile.Below(label).Text)).ToArray();
        Check(checkZone, 2 * responses.Length);
        foreach (var response in responses) Service.Undo(response.Id, Token);
        Check(checkZone, 0);
    }

    [Fact]
    public void The_longest_domain_that_is_taken_loads_and_one_byte_more_would_not()
    {
        var checkZone = Programs.Require("named-checkzone", "bind9-utils");
        File.WriteAllText(ZonePath, "$ORIGIN rpz.test.\n$TTL 60\n@ SOA a. b. 7 1 1 1 1\n NS a.\n");
        var longest = Hostile.Longest[11..]; // 244 bytes: 2 + 244 + 9 = 255
        Block(longest);
        Check(checkZone, 2);

        Assert.Equal(ResponseError.DomainTooLong, Assert.Throws<ResponseException>(() => Block("x" + longest)).Error);
        File.AppendAllText(ZonePath, $"*.x{longest} CNAME .\n");
        Assert.NotEqual(0, Programs.Run(checkZone, "rpz.test", ZonePath).ExitCode);
    }

    private NamedServer StartWithEmptyPolicy()
    {
        File.WriteAllText(ZonePath, "$TTL 60\n@ SOA a. b. 7 1 1 1 1\n NS a.\n");
        return new(_folder, ZonePath, "blocked.example", "other.example");
    }

    private DnsTunnelResponse Block(string domain) => Service.Apply(new RpzProvider(ZonePath), new ResponseRequest(Hostile.Domain(domain)), Token).Response;

    private void Check(string checkZone, int rules)
    {
        // -D prints the zone as it was understood, one record a line.
        var (exitCode, output) = Programs.Run(checkZone, "-D", "rpz.test", ZonePath);
        Assert.True(exitCode == 0, output);
        Assert.Equal(rules, Rules().Count(output));
    }

    [GeneratedRegex(@"(?m)^\S*example\.rpz\.test\.\s.*\sCNAME\s+\.\s*$|^\S.*\.bad\.example\.rpz\.test\.\s.*CNAME\s+\.\s*$")]
    private static partial Regex Rules();
}
