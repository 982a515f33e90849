using System.Net;

namespace DnsTunnel.Response.Hosts;

/// <summary>What an isolated host may still reach, or which resolvers a pinned one may ask.</summary>
internal sealed record IsolationOptions
{
    /// <summary>Resolvers, which stay reachable on ports 53 and 853 alone.</summary>
    public IPAddress[] Resolvers { get; init; } = [];

    /// <summary>Addresses that stay reachable both ways.</summary>
    public AddressRange[] Allowed { get; init; } = [];

    /// <summary>Who manages the host now; null when whoever runs the script has to find that out (-AsScript).</summary>
    public ManagementPeer[]? Management { get; init; } = [];

    /// <summary>The platform of the host.</summary>
    public DnsTunnelPlatform Platform { get; init; }

    /// <summary>Whether it is this computer, whose sockets can show that the rules work.</summary>
    public bool IsLocal { get; init; }
}
