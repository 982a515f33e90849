using System.Net;
using DnsTunnel.Evidence;
using DnsTunnel.Tests.Response;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.Evidence;

/// <summary>What a real BIND 9 on the loopback address says of a tunnel's zones.</summary>
public sealed class DelegationProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Delegation_SOA_servers_and_wildcard_are_told()
    {
        using var server = Start(out var resolver);
        var found = new DelegationProbe([resolver], Token).Ask("tunnel.example", "t.tunnel.example");

        Assert.Empty(found.Problems);
        Assert.Equal(
            ["tunnel.example: ns1.tunnel.example 192.0.2.53, 2001:db8::53", "t.tunnel.example: evil.tunnel.example 203.0.113.5"],
            found.NameServers.Select(s => s.ToString()));
        Assert.Equal("ns.t.tunnel.example admin.tunnel.example 2026030105 1 1 1 1", found.Soa!.Replace(". ", " ", StringComparison.Ordinal));
        Assert.Equal(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), found.SerialDate);
        Assert.True(found.HasWildcard);
        Assert.Equal(["TXT all"], found.WildcardAnswers);
    }

    [Fact]
    public void A_zone_without_a_wildcard_or_a_date_is_told_so()
    {
        using var server = Start(out var resolver);
        var found = new DelegationProbe([resolver], Token).Ask("tunnel.example", "tunnel.example");
        Assert.False(found.HasWildcard);
        Assert.Null(found.SerialDate);
    }

    [Fact]
    public void A_resolver_that_refuses_or_is_not_there_is_a_problem_and_no_failure()
    {
        using var server = Start(out var resolver);
        var refused = new DelegationProbe([resolver], Token).Ask("unknown.test", "unknown.test");
        Assert.NotEmpty(refused.Problems);
        Assert.Null(refused.HasWildcard);

        var silent = new DelegationProbe([new IPEndPoint(IPAddress.Loopback, LoopbackServer.FreePort())], Token).Ask("tunnel.example", "tunnel.example");
        Assert.NotEmpty(silent.Problems);
        Assert.Empty(silent.NameServers);
    }

    [Theory]
    [InlineData(".")]
    [InlineData(@"\000.example")]
    public void A_name_that_no_server_can_have_is_not_asked_for(string domain) =>
        Assert.Single(new DelegationProbe([new IPEndPoint(IPAddress.Loopback, 9)], Token).Ask(domain, domain).Problems);

    private LoopbackServer Start(out IPEndPoint resolver)
    {
        var named = Programs.Require("named", "bind9");
        var parent = _folder.File("parent.zone",
            "$TTL 60\n@ SOA ns1.tunnel.example. admin.tunnel.example. 7 1 1 1 1\n NS ns1\nns1 A 192.0.2.53\n AAAA 2001:db8::53\n" +
            "evil A 203.0.113.5\nt NS evil\n");
        var child = _folder.File("child.zone",
            "$TTL 60\n@ SOA ns.t.tunnel.example. admin.tunnel.example. 2026030105 1 1 1 1\n NS evil.tunnel.example.\n* TXT all\n");
        var port = LoopbackServer.FreePort();
        var configuration = _folder.File("named.conf",
            $$"""
            options {
                directory "{{_folder.Path}}"; pid-file none; session-keyfile none;
                listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; };
                recursion no; dnssec-validation no; empty-zones-enable no;
            };
            controls { };
            zone "tunnel.example" { type primary; file "{{parent}}"; };
            zone "t.tunnel.example" { type primary; file "{{child}}"; };
            """);
        resolver = new IPEndPoint(IPAddress.Loopback, port);
        return new LoopbackServer(port, named, "-g", "-c", configuration, "-n", "1");
    }
}
