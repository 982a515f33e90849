using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Tests.Response;

/// <summary>What a real Knot Resolver makes of the policy zone; it reads the file anew by itself.</summary>
public sealed class KnotResolverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AnsweringServer _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ZonePath => _folder.File("policy.zone");

    public void Dispose()
    {
        _world.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, "NXDOMAIN", "")]
    [InlineData("192.0.2.99", "NOERROR", "192.0.2.99")]
    public void A_domain_and_all_below_it_are_blocked_until_the_block_is_undone(string? sinkhole, string status, string data)
    {
        File.WriteAllText(ZonePath, "$TTL 60\n@ SOA a. b. 7 1 1 1 1\n NS a.\n");
        using var server = new KresdServer(_folder, ZonePath, _world);
        var service = new ResponseService(new ResponseJournal(_folder.File("responses.jsonl")));
        var request = new ResponseRequest(Hostile.Domain("blocked.example")) { Sinkhole = sinkhole is null ? null : IPAddress.Parse(sinkhole) };
        var response = service.Apply(new RpzProvider(ZonePath, new DomainProviderOptions { Resolvers = [server.EndPoint] }), request, Token).Response;

        foreach (var name in new[] { "blocked.example", $"{Guid.NewGuid():N}.blocked.example", $"a.b.{Guid.NewGuid():N}.blocked.example" })
        {
            Assert.Equal((status, data), (Dig.Status(server.EndPoint, name), Dig.Data(server.EndPoint, name)));
            foreach (var type in new[] { "TXT", "NULL", "MX" }) Assert.Equal("", Dig.Data(server.EndPoint, name, type));
        }
        Assert.Equal(AnsweringServer.Address, Dig.Data(server.EndPoint, "other.example"));

        service.Undo(response.Id, Token);
        for (var end = DateTime.UtcNow.AddSeconds(20); Dig.Data(server.EndPoint, $"{Guid.NewGuid():N}.blocked.example") != AnsweringServer.Address; Thread.Sleep(50))
            Assert.True(DateTime.UtcNow < end, "the block was not gone in 20 seconds");
    }

    [Fact]
    public void Hostile_names_are_blocked_and_nothing_else_is()
    {
        var service = new ResponseService(new ResponseJournal(_folder.File("responses.jsonl")));
        foreach (var label in Hostile.Labels) service.Apply(new RpzProvider(ZonePath), new ResponseRequest(Hostile.Below(label)), Token);
        using var server = new KresdServer(_folder, ZonePath, _world);
        foreach (var label in Hostile.Labels) server.WaitFor(ZoneFileText.Encode(Hostile.Below(label).Wire), "NXDOMAIN");
        foreach (var name in new[] { "bad.example", "x.bad.example", "other.example" }) Assert.Equal("NOERROR", Dig.Status(server.EndPoint, name));
    }
}
