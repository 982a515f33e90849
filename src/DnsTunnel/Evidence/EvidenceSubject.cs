namespace DnsTunnel.Evidence;

/// <summary>The finding that evidence is wanted for.</summary>
/// <param name="Domain">Its registered domain, in lower case and presentation form.</param>
internal sealed record EvidenceSubject(string Domain)
{
    /// <summary>Null for all clients.</summary>
    public string? Client { get; init; }

    public string[] RelatedDomains { get; init; } = [];

    public bool IsTunnel { get; init; }

    public double? Score { get; init; }

    public string[] Reasons { get; init; } = [];

    public string? Tool { get; init; }

    /// <summary>Null when the finding does not tell.</summary>
    public DateTime? FirstSeen { get; init; }

    public DateTime? LastSeen { get; init; }

    public bool Covers(string domain, string? client) =>
        (domain == Domain || RelatedDomains.Contains(domain, StringComparer.Ordinal))
        && (Client is null || string.Equals(client, Client, StringComparison.OrdinalIgnoreCase));
}
