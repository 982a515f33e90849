namespace DnsTunnel.Monitoring;

/// <summary>What the file of a ledger holds.</summary>
internal sealed class LedgerContent
{
    public int Version { get; set; } = 1;

    /// <summary>When it was told that no queries come, UTC; null when they do.</summary>
    public DateTime? SilenceTold { get; set; }

    /// <summary>The time of queries until which all that was found was told, UTC; null when nothing was looked at.</summary>
    public DateTime? LookedUntil { get; set; }

    /// <summary>What may have been told or not; null when that is known of all.</summary>
    public BegunFinding? Begun { get; set; }

    public List<ToldFinding> Findings { get; set; } = [];
}
