using DnsTunnel.Detection;

namespace DnsTunnel.Training;

/// <summary>A window whose truth is known.</summary>
/// <param name="Features">As measured.</param>
/// <param name="IsTunnel">The truth.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="Group">Tool or kind of ordinary traffic; what is left out together when a model is tested.</param>
internal sealed record TrainingRow(FeatureVector Features, bool IsTunnel, float Weight, string Group);
