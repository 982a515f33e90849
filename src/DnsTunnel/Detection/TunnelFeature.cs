namespace DnsTunnel.Detection;

/// <summary>A measured property and its share in the verdict.</summary>
/// <param name="Kind">Which property.</param>
/// <param name="Value">As measured.</param>
/// <param name="Contribution">In log-odds (natural logarithm).</param>
internal readonly record struct TunnelFeature(TunnelFeatureKind Kind, double Value, double Contribution);
