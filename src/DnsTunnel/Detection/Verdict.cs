using DnsTunnel.Models;

namespace DnsTunnel.Detection;

/// <summary>The strongest window of some names, judged.</summary>
internal sealed record Verdict(NameWindow Window, FeatureVector Features, double LogOdds)
{
    /// <summary>End of the first window that reached the threshold, in ticks, UTC; null when none did.</summary>
    public long? FirstReached { get; init; }

    /// <summary>What the history made of it; null without one.</summary>
    public PastShift? Past { get; init; }

    /// <summary>The probability in per cent, to one decimal.</summary>
    public double Score => TunnelModel.ScoreOf(LogOdds);
}
