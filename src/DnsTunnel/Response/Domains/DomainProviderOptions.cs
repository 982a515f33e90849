using System.Net;

namespace DnsTunnel.Response.Domains;

/// <summary>What the user said about where domains are to be blocked; each provider reads what concerns it.</summary>
internal sealed record DomainProviderOptions
{
    /// <summary>The full path of the file of a policy zone.</summary>
    public string? ZoneFile { get; init; }

    /// <summary>The name that the server has for the policy zone.</summary>
    public string? ZoneName { get; init; }

    /// <summary>How the server is told.</summary>
    public ZoneReload Reload { get; init; }

    /// <summary>The full path of the configuration of the server's control program, such as rndc.conf or unbound.conf.</summary>
    public string? ControlConfiguration { get; init; }

    /// <summary>The full path of the folder that the server reads configuration from; null for the usual one.</summary>
    public string? ConfigurationFolder { get; init; }

    /// <summary>Whether the server is on this computer.</summary>
    public bool IsLocal { get; init; } = true;

    /// <summary>The resolvers that are asked whether the block works; with none, nothing is asked.</summary>
    public IPEndPoint[] Resolvers { get; init; } = [];
}
