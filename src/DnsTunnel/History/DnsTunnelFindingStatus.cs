namespace DnsTunnel;

/// <summary>Where a finding is in its life.</summary>
public enum DnsTunnelFindingStatus
{
    /// <summary>Found, and not found again with later queries.</summary>
    New,

    /// <summary>Found again with later queries.</summary>
    Ongoing,

    /// <summary>Not found any more: queries of the history reach a day beyond its last one.</summary>
    Closed,

    /// <summary>An exception covers it now.</summary>
    Suppressed,
}
