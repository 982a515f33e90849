namespace DnsTunnel.Detection;

/// <summary>Where the volumes that are judged come from.</summary>
internal interface IVolumeSource
{
    /// <summary>Adds the totals of what is worth a closer look to a tally, then gives the volumes of it, in order of time.</summary>
    /// <param name="tally">To add to.</param>
    /// <param name="all">Whether to give the others too.</param>
    IEnumerable<DomainVolume> Select(DomainTally tally, bool all);
}
