using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Unbound;

namespace DnsTunnel.Tests.Response;

/// <summary>What real servers make of the files and commands that block a domain.</summary>
public sealed class ServerBlockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AnsweringServer _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResponseJournal Journal => new(_folder.File("responses.jsonl"));

    public void Dispose()
    {
        _world.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("unbound", null)]
    [InlineData("unbound", "192.0.2.99")]
    [InlineData("unbound", "2001:db8::99")]
    [InlineData("dnsmasq", null)]
    [InlineData("dnsmasq", "192.0.2.99")]
    [InlineData("dnsmasq", "2001:db8::99")]
    public void A_domain_and_all_below_it_are_blocked_until_the_block_is_undone(string kind, string? sinkhole)
    {
        using var server = Start(kind);
        File.WriteAllText(Path.Combine(server.Folder, "theirs.conf"), "# by hand\n");
        var (before, state) = (Files(server), server.State);
        Assert.Equal(AnsweringServer.Address, Dig.Data(server.EndPoint, "blocked.example"));

        var service = new ResponseService(Journal, server.Runner);
        var request = new ResponseRequest(Hostile.Domain("blocked.example")) { Sinkhole = sinkhole is null ? null : IPAddress.Parse(sinkhole) };
        var response = service.Apply(server.Provider, request, Token).Response;
        Assert.False(service.Apply(server.Provider, request, Token).Changed);
        RequireBlock(server, sinkhole);
        server.Restart();
        RequireBlock(server, sinkhole);

        Assert.Null(service.Undo(response.Id, Token).Response.Note);
        Assert.Equal(before, Files(server));
        Assert.Equal(state, server.State);
        Assert.Equal(AnsweringServer.Address, Dig.Data(server.EndPoint, "blocked.example"));
        Assert.Equal(AnsweringServer.Address, Dig.Data(server.EndPoint, $"{Guid.NewGuid():N}.blocked.example"));
    }

    [Theory]
    [InlineData("unbound")]
    [InlineData("dnsmasq")]
    public void A_file_that_others_changed_is_left_alone(string kind)
    {
        using var server = Start(kind);
        var service = new ResponseService(Journal, server.Runner);
        var response = service.Apply(server.Provider, new ResponseRequest(Hostile.Domain("blocked.example")), Token).Response;
        File.AppendAllText(Path.Combine(server.Folder, $"dnstunnel-{response.Id}.conf"), "# by hand\n");

        Assert.Equal(ResponseError.ResponseChanged, Assert.Throws<ResponseException>(() => service.Undo(response.Id, Token)).Error);
        Assert.Contains("by hand", Files(server));
        service.Undo(response.Id, Token, force: true);
        Assert.Equal("", Files(server));
        Assert.Equal("NOERROR", Dig.Status(server.EndPoint, "blocked.example"));
    }

    [Theory]
    [InlineData("unbound")]
    [InlineData("dnsmasq")]
    public void The_script_does_the_same_and_its_comments_take_it_back(string kind)
    {
        using var server = Start(kind);
        var request = new ResponseRequest(Hostile.Domain("blocked.example"));
        var script = ScriptFile.Write(server.Provider.Plan(request), request, ScriptLanguage.Shell);
        Run(script);
        RequireBlock(server, null);

        var undo = string.Join('\n', script.Split('\n').SkipWhile(line => line != "# To take it back:").Skip(1).Select(line => line.TrimStart('#')));
        for (var time = 0; time < 2; time++) Run(undo);
        Assert.Equal(("", "NOERROR"), (Files(server), Dig.Status(server.EndPoint, "blocked.example")));

        void Run(string text)
        {
            var (exitCode, _, error) = server.Runner.Run(ScriptLanguage.Shell, text, Token);
            Assert.True(exitCode == 0, error);
        }
    }

    [Fact]
    public void Hostile_names_are_blocked_by_Unbound_and_nothing_else_is()
    {
        using var server = (UnboundServer)Start("unbound");
        var service = new ResponseService(Journal, server.Runner);
        var state = server.State;
        var responses = Hostile.Labels.Select(label => service.Apply(server.Provider, new ResponseRequest(Hostile.Below(label)), Token).Response).ToArray();
        for (var restarted = 0; restarted < 2; restarted++, server.Restart())
        {
            foreach (var label in Hostile.Labels)
            {
                var name = ZoneFileText.Encode(Hostile.Below(label).Wire);
                Assert.Equal("NXDOMAIN", Dig.Status(server.EndPoint, name));
                Assert.Equal("NXDOMAIN", Dig.Status(server.EndPoint, "x." + name));
            }
            foreach (var name in new[] { "bad.example", "x.bad.example", "example", "y.example" }) Assert.Equal("NOERROR", Dig.Status(server.EndPoint, name));
        }
        foreach (var response in responses) service.Undo(response.Id, Token);
        Assert.Equal(("", state), (Files(server), server.State));
    }

    [Fact]
    public void The_longest_name_is_blocked_by_Unbound()
    {
        using var server = Start("unbound");
        new ResponseService(Journal, server.Runner).Apply(server.Provider, new ResponseRequest(Hostile.Domain(Hostile.Longest)) { Sinkhole = IPAddress.Parse("192.0.2.99") }, Token);
        server.Restart();
        Assert.Equal("192.0.2.99", Dig.Data(server.EndPoint, Hostile.Longest));
    }

    [Fact]
    public void A_zone_that_others_set_stays_when_it_is_in_the_way()
    {
        using var server = (UnboundServer)Start("unbound");
        server.Control("local_zone", "blocked.example.", "refuse");
        var state = server.State;
        var exception = Assert.Throws<ResponseException>(() =>
            new ResponseService(Journal, server.Runner).Apply(server.Provider, new ResponseRequest(Hostile.Domain("blocked.example")), Token));
        Assert.Contains("has a local zone of that name already", exception.Message);
        Assert.Equal(("", state), (Files(server), server.State));
    }

    [Fact]
    public void A_folder_that_Unbound_does_not_include_is_refused()
    {
        using var server = (UnboundServer)Start("unbound");
        var options = new DomainProviderOptions { ConfigurationFolder = _folder.Path, ControlConfiguration = server.Configuration };
        var exception = Assert.Throws<ResponseException>(() =>
            new ResponseService(Journal, server.Runner).Apply(new UnboundProvider(options), new ResponseRequest(Hostile.Domain("blocked.example")), Token));
        Assert.Contains("does not include the folder", exception.Message);
        Assert.Equal("NOERROR", Dig.Status(server.EndPoint, "blocked.example"));
    }

    [Fact]
    public void A_configuration_that_would_not_load_is_taken_back()
    {
        using var server = Start("unbound");
        File.WriteAllText(Path.Combine(server.Folder, "theirs.conf"), "server: no-such-option: 1\n");
        var before = Files(server);
        Assert.Equal(ResponseError.CommandFailed, Assert.Throws<ResponseException>(() =>
            new ResponseService(Journal, server.Runner).Apply(server.Provider, new ResponseRequest(Hostile.Domain("blocked.example")), Token)).Error);
        Assert.Equal(before, Files(server));
        Assert.Equal("NOERROR", Dig.Status(server.EndPoint, "blocked.example"));
    }

    [Fact]
    public void Undo_of_a_server_that_is_down_takes_the_file_out()
    {
        var server = Start("unbound");
        var request = new ResponseRequest(Hostile.Domain("blocked.example"));
        Assert.Throws<CrashException>(() => new ResponseService(Journal, server.Runner).Apply(new CrashingProvider(server.Provider, CrashPoint.AfterStep), request, Token));
        server.Dispose();
        new ResponseService(Journal, server.Runner).Undo(request.Id, Token);
        Assert.Equal("", Files(server));
    }

    private static void RequireBlock(IResolver server, string? sinkhole)
    {
        var type = sinkhole is null || IPAddress.Parse(sinkhole).AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "A" : "AAAA";
        foreach (var name in new[] { "blocked.example", $"{Guid.NewGuid():N}.blocked.example", $"a.b.{Guid.NewGuid():N}.blocked.example" })
        {
            Assert.Equal(sinkhole is null ? "NXDOMAIN" : "NOERROR", Dig.Status(server.EndPoint, name, type));
            Assert.Equal(sinkhole ?? "", Dig.Data(server.EndPoint, name, type));
            // The types that tunnels use.
            foreach (var other in new[] { "TXT", "NULL", "CNAME", "MX" }) Assert.Equal("", Dig.Data(server.EndPoint, name, other));
        }
        foreach (var name in new[] { "other.example", "notblocked.example", "blocked.example.other.example" }) Assert.Equal(AnsweringServer.Address, Dig.Data(server.EndPoint, name));
    }

    private IResolver Start(string kind) => kind == "unbound" ? new UnboundServer(_folder, UnboundServer.All(_world)) : new DnsmasqServer(_folder, _world);

    private static string Files(IResolver server) =>
        string.Concat(Directory.GetFiles(server.Folder).Order(StringComparer.Ordinal).Select(file => $"{file}\n{File.ReadAllText(file)}"));
}
