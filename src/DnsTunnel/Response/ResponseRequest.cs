using System.Net;

namespace DnsTunnel.Response;

/// <summary>What to do, to what, and why.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Target">What to do it to, in printable ASCII: with action and provider, what a second call is known by.</param>
internal sealed record ResponseRequest(DnsTunnelAction Action, string Target)
{
    /// <summary>A request to block a domain.</summary>
    public ResponseRequest(BlockedDomain domain) : this(DnsTunnelAction.BlockDomain, domain.Text) => Domain = domain;

    /// <summary>Eight hexadecimal digits: short enough to type, and the journal is asked before one is used.</summary>
    public string Id { get; init; } = NewId();

    /// <summary>The domain of BlockDomain.</summary>
    public BlockedDomain? Domain { get; }

    /// <summary>The address that a blocked domain gets; null for none (NXDOMAIN).</summary>
    public IPAddress? Sinkhole { get; init; }

    /// <summary>How long the action stands; null for as long as nobody takes it back.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>The host that it is done on, when that is another one.</summary>
    public string? ComputerName { get; init; }

    /// <summary>How many actions an hour the journal may hold with this one; null for any number.</summary>
    public int? MaxPerHour { get; init; }

    /// <summary>The score of the finding; null when asked for by name.</summary>
    public double? Score { get; init; }

    /// <summary>The reasons of the finding.</summary>
    public string[] Reasons { get; init; } = [];

    /// <summary>The clients of the finding.</summary>
    public string[] Clients { get; init; } = [];

    /// <summary>A new id.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N")[..8];
}
