namespace DnsTunnel.Detection;

/// <summary>The properties that are measured; the names are those in a finding's Features.</summary>
internal enum TunnelFeatureKind
{
    InformationBytes,
    UniqueNames,
    BitsPerName,
    UniqueShare,
    CarrierTypeShare,
    InformationOverMedian,
    ClientCount,
    ReverseLookups,
}
