using DnsTunnel.Response;
using DnsTunnel.Response.Dnsmasq;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Unbound;
using DnsTunnel.Response.Windows;

namespace DnsTunnel.Tests.Response;

public sealed class DomainProviderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DnsTunnelPlatform.Linux, "unbound-control, dnsmasq", UnboundProvider.ProviderName)]
    [InlineData(DnsTunnelPlatform.Linux, "dnsmasq", DnsmasqProvider.ProviderName)]
    [InlineData(DnsTunnelPlatform.Linux, "", null)]
    [InlineData(DnsTunnelPlatform.Windows, "Add-DnsServerQueryResolutionPolicy, Add-DnsClientNrptRule", WindowsDnsProvider.ProviderName)]
    [InlineData(DnsTunnelPlatform.Windows, "Add-DnsClientNrptRule", NrptProvider.ProviderName)]
    [InlineData(DnsTunnelPlatform.Windows, "unbound-control", null)]
    public void The_first_that_the_host_has_is_chosen(DnsTunnelPlatform platform, string has, string? expected)
    {
        var runner = new HostRunner(has.Split(", ", StringSplitOptions.RemoveEmptyEntries));
        if (expected is not null) Assert.Equal(expected, DomainProvider.Choose(null, new(), platform, runner, Token).Name);
        else Assert.Equal(ResponseError.ProviderNotFound, Assert.Throws<ResponseException>(() => DomainProvider.Choose(null, new(), platform, runner, Token)).Error);
    }

    [Theory]
    [InlineData(DnsTunnelPlatform.Linux)]
    [InlineData(DnsTunnelPlatform.Windows)]
    public void A_zone_file_is_a_choice(DnsTunnelPlatform platform) =>
        Assert.Equal(RpzProvider.ProviderName, DomainProvider.Choose(null, new() { ZoneFile = _folder.File("x") }, platform, null, Token).Name);

    [Fact]
    public void A_name_forces_its_provider_where_it_is_at_home()
    {
        Assert.Equal("Dnsmasq", DomainProvider.Choose("DNSMASQ", new(), DnsTunnelPlatform.Linux, new HostRunner(["unbound-control"]), Token).Name);
        Assert.Equal(ResponseError.ActionNotPossible, Assert.Throws<ResponseException>(() => DomainProvider.Choose("Nrpt", new(), DnsTunnelPlatform.Linux, null, Token)).Error);
    }

    [Fact]
    public void A_script_for_an_unknown_host_needs_a_name() =>
        Assert.Equal(ResponseError.ProviderNotFound, Assert.Throws<ResponseException>(() => DomainProvider.Choose(null, new(), DnsTunnelPlatform.Linux, null, Token)).Error);

    [Fact]
    public void Unbound_is_found_when_it_runs()
    {
        using var world = new AnsweringServer();
        var options = new DomainProviderOptions();
        using (var server = new UnboundServer(_folder, UnboundServer.All(world)))
        {
            options = options with { ControlConfiguration = server.Configuration };
            Assert.Equal(UnboundProvider.ProviderName, DomainProvider.Choose(null, options, DnsTunnelPlatform.Linux, new LocalScriptRunner(), Token).Name);
        }
        Assert.NotEqual(0, new LocalScriptRunner().Run(ScriptLanguage.Shell, UnboundProvider.Probe(options), Token).ExitCode);
    }

    /// <summary>A host of whose probes those succeed that name a program or cmdlet.</summary>
    private sealed class HostRunner(string[] has) : IScriptRunner
    {
        public ScriptResult Run(ScriptLanguage language, string script, CancellationToken token)
        {
            var isThere = has.Any(script.Contains);
            return language == ScriptLanguage.Shell ? new(isThere ? 0 : 1, "", "") : new(0, isThere ? "present\r\n" : "", "");
        }
    }
}
