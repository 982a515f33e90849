using DnsTunnel.Generators.Traffic;

namespace DnsTunnel.Generators.Benign;

/// <summary>A kind of innocent traffic.</summary>
/// <param name="Name">The class, also the group of its captures.</param>
/// <param name="Source">Where its shape is documented.</param>
/// <param name="Build">Adds the traffic of the given number of hours.</param>
internal sealed record BenignClass(string Name, string Source, Action<TrafficLog, double> Build)
{
    public double Hours { get; init; } = 6;

    public int Variants { get; init; } = 1;

    /// <summary>Only its owner can tell it from a tunnel.</summary>
    public bool IsStress { get; init; }

    /// <summary>Asks by the clock: more people do not make it faster.</summary>
    public bool IsPeriodic { get; init; }

    /// <summary>Ordinary browsing around it.</summary>
    public bool HasBrowsing { get; init; } = true;
}
