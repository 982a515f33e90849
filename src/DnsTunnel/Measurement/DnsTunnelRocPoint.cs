using System.Globalization;

namespace DnsTunnel;

/// <summary>A point of the receiver operating characteristic.</summary>
/// <param name="Threshold">The score, 0 to 100, from which on a domain is a tunnel.</param>
/// <param name="FoundRate">The mean over tools of the share of captures found, 0 to 1.</param>
/// <param name="FalseDomainRate">The share of the domains without a tunnel that would be found, 0 to 1; NaN when there are none.</param>
/// <param name="FalseDomainCount">How many these are.</param>
public sealed record DnsTunnelRocPoint(double Threshold, double FoundRate, double FalseDomainRate, int FalseDomainCount)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Threshold:0}: {FoundRate:P0} found, {FalseDomainCount:N0} false");
}
