using DnsTunnel.Response.Dnsmasq;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Unbound;
using DnsTunnel.Response.Windows;

namespace DnsTunnel.Response.Domains;

/// <summary>
/// The ways to block a domain: the one list that -Provider completes, validates and chooses from. To add one, write an
/// <see cref="IResponseProvider"/> and put it here.
/// </summary>
/// <param name="Name">What users type and the journal holds.</param>
/// <param name="Description">What it changes, for completion.</param>
/// <param name="Platform">Where it is at home; null for everywhere.</param>
/// <param name="Probe">A script that tells whether its server is there: of the shell by success, of PowerShell by saying "present"; null when the options tell.</param>
/// <param name="Create">Makes it.</param>
internal sealed record DomainProvider(
    string Name,
    string Description,
    DnsTunnelPlatform? Platform,
    Func<DomainProviderOptions, string>? Probe,
    Func<DomainProviderOptions, IResponseProvider> Create)
{
    private const string Present = "present";

    /// <summary>In the order in which they are tried when the user names none. A hosts file is none of them: it has no way to say "and every name below".</summary>
    public static IReadOnlyList<DomainProvider> All { get; } =
    [
        new(RpzProvider.ProviderName, "The file of a response-policy zone (BIND, Unbound, Knot Resolver, PowerDNS): -ZoneFile", null, null,
            options => new RpzProvider(options.ZoneFile ?? throw Missing(RpzProvider.ProviderName, "-ZoneFile"), options)),
        new(UnboundProvider.ProviderName, "Local zones of Unbound: a file of its configuration, and unbound-control", DnsTunnelPlatform.Linux,
            UnboundProvider.Probe, options => new UnboundProvider(options)),
        new(DnsmasqProvider.ProviderName, "The configuration folder of dnsmasq, which is restarted", DnsTunnelPlatform.Linux,
            _ => DnsmasqProvider.Probe, options => new DnsmasqProvider(options)),
        new(WindowsDnsProvider.ProviderName, "A query resolution policy of Windows DNS Server, or a zone with -Sinkhole", DnsTunnelPlatform.Windows,
            _ => WindowsDnsProvider.Probe, options => new WindowsDnsProvider(options)),
        new(NrptProvider.ProviderName, "The Name Resolution Policy Table of one Windows computer", DnsTunnelPlatform.Windows,
            _ => NrptProvider.Probe, _ => new NrptProvider()),
    ];

    /// <summary>The provider of a name, or the first that is present.</summary>
    /// <param name="name">The name; null for the first.</param>
    /// <param name="options">What the user said of it.</param>
    /// <param name="platform">Of the host where it would act.</param>
    /// <param name="runner">Asks the host; null when it cannot be asked.</param>
    /// <param name="token">Stops the asking.</param>
    /// <exception cref="ResponseException">There is none.</exception>
    public static IResponseProvider Choose(string? name, DomainProviderOptions options, DnsTunnelPlatform platform, IScriptRunner? runner, CancellationToken token)
    {
        if (name is not null)
        {
            var named = All.First(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (named.Platform is { } home && home != platform)
                throw new ResponseException(ResponseError.ActionNotPossible, $"The provider {named.Name} is for {home}, and the host is one of {platform}.");
            return named.Create(options);
        }
        if (options.ZoneFile is not null) return new RpzProvider(options.ZoneFile, options);
        if (runner is null) throw new ResponseException(ResponseError.ProviderNotFound, "A script is for a host that cannot be asked what it has: give -Provider.");
        return All.FirstOrDefault(provider => provider.Platform == platform && provider.IsPresent(options, runner, token))?.Create(options) ??
            throw new ResponseException(ResponseError.ProviderNotFound,
                "Nothing was found here that can block a domain: no server that is known runs or can be told, and no -ZoneFile was given.");
    }

    private bool IsPresent(DomainProviderOptions options, IScriptRunner runner, CancellationToken token)
    {
        if (Probe is null) return false;
        return Platform == DnsTunnelPlatform.Windows
            ? runner.Run(ScriptLanguage.PowerShell, Probe(options), token).Output.Trim() == Present
            : runner.Run(ScriptLanguage.Shell, Probe(options), token).ExitCode == 0;
    }

    private static ResponseException Missing(string provider, string parameter) =>
        new(ResponseError.ProviderNotFound, $"The provider {provider} needs {parameter}.");
}
