using DnsTunnel.Models;

namespace DnsTunnel.Detection;

/// <summary>Judges the windows of a timeline.</summary>
/// <param name="model">Gives each window its log-odds.</param>
/// <param name="threshold">The score, 0 to 100, from which on a window holds a tunnel.</param>
internal sealed class Judge(TunnelModel model, double threshold)
{
    /// <summary>Fewer names or answers are never a tunnel: nothing can be said of them.</summary>
    public const int MinNames = 3;

    public TunnelModel Model => model;

    public double Threshold => threshold;

    public bool IsTunnel(Verdict verdict) => verdict.Score >= threshold;

    /// <param name="timeline">Names of one domain, or of several.</param>
    /// <param name="around">What is known besides.</param>
    public Verdict Of(Timeline timeline, Surroundings around)
    {
        var strongest = Nothing(around);
        long? firstReached = null;
        timeline.VisitWindows(window =>
        {
            if (window.Sums.Messages < MinNames) return;
            var features = FeatureVector.Of(window, around);
            var logOdds = model.LogOdds(features);
            if ((firstReached is null || window.End < firstReached) && TunnelModel.ScoreOf(logOdds) >= threshold) firstReached = window.End;
            if (logOdds > strongest.LogOdds) strongest = new Verdict(window, features, logOdds);
        });
        return strongest with { FirstReached = firstReached };
    }

    /// <summary>The verdict, moved by what was known of the domain before.</summary>
    public Verdict Moved(Verdict verdict, PastShift past)
    {
        var moved = verdict with { LogOdds = verdict.LogOdds + past.LogOdds, Past = past };
        return moved with { FirstReached = IsTunnel(moved) ? verdict.FirstReached ?? verdict.Window.End : null };
    }

    private Verdict Nothing(in Surroundings around)
    {
        var features = FeatureVector.Of(default, around);
        return new Verdict(default, features, model.LogOdds(features));
    }
}
