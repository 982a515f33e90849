namespace DnsTunnel.Detection;

/// <summary>What a domain's own past adds to a verdict.</summary>
/// <param name="DaysKnown">Days from its first query to the run; 0 for a domain that was not known.</param>
/// <param name="LogOdds">Natural logarithm; negative when it speaks against a tunnel.</param>
/// <param name="Reason">In words with numbers.</param>
internal sealed record PastShift(double DaysKnown, double LogOdds, string Reason);
