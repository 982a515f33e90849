using DnsTunnel.Generators.Traffic;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>One labelled capture.</summary>
/// <param name="Path">Below the output directory, with '/' between folders.</param>
/// <param name="Build">Fills the traffic and says what is in it.</param>
internal sealed record Scenario(string Path, Func<TrafficLog, ManifestLine> Build)
{
    /// <summary>Left out of a quick run.</summary>
    public bool IsLong { get; init; }
}
