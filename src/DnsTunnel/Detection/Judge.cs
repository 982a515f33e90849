using DnsTunnel.Models;

namespace DnsTunnel.Detection;

/// <summary>Judges the windows of a timeline.</summary>
/// <param name="model">Gives each window its log-odds.</param>
/// <param name="threshold">The score, 0 to 100, from which on a window holds a tunnel.</param>
internal sealed class Judge(TunnelModel model, double threshold)
{
    /// <summary>Fewer names are never a tunnel: nothing can be said of them.</summary>
    public const int MinNames = 4;

    public TunnelModel Model => model;

    public double Threshold => threshold;

    public bool IsTunnel(Verdict verdict) => verdict.Score >= threshold;

    /// <param name="timeline">Names of one domain, or of several.</param>
    /// <param name="clients">That asked for them.</param>
    /// <param name="domains">Under which they are.</param>
    public Verdict Of(Timeline timeline, int clients, int domains)
    {
        var strongest = Nothing(clients, domains);
        long? firstReached = null;
        timeline.VisitWindows(window =>
        {
            if (window.Sums.Names < MinNames) return;
            var features = FeatureVector.Of(window, clients, domains);
            var logOdds = model.LogOdds(features);
            if ((firstReached is null || window.End < firstReached) && TunnelModel.ScoreOf(logOdds) >= threshold) firstReached = window.End;
            if (logOdds > strongest.LogOdds) strongest = new Verdict(window, features, logOdds);
        });
        return strongest with { FirstReached = firstReached };
    }

    private Verdict Nothing(int clients, int domains)
    {
        var features = FeatureVector.Of(default, clients, domains);
        return new Verdict(default, features, model.LogOdds(features));
    }
}
