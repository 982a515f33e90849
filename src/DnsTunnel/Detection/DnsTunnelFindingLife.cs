namespace DnsTunnel;

/// <summary>Where a finding is in its life.</summary>
public enum DnsTunnelFindingLife
{
    /// <summary>Told for the first time, or again after a week of silence.</summary>
    New,

    /// <summary>Told before; it goes on, or has become graver.</summary>
    Ongoing,
}
