namespace DnsTunnel.Response;

/// <summary>A domain to block and why.</summary>
internal sealed record ResponseRequest(BlockedDomain Domain)
{
    /// <summary>Eight hexadecimal digits: short enough to type, and the journal is asked before one is used.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>The score of the finding; null when asked for by name.</summary>
    public double? Score { get; init; }

    /// <summary>The reasons of the finding.</summary>
    public string[] Reasons { get; init; } = [];

    /// <summary>The clients of the finding.</summary>
    public string[] Clients { get; init; } = [];
}
