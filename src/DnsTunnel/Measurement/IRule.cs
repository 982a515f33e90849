namespace DnsTunnel.Measurement;

/// <summary>A way to find tunnels, fed with the queries of a capture in the order of time. What it finds goes to its <see cref="RuleHits"/>.</summary>
internal interface IRule
{
    void Add(in RuleQuery query);

    /// <summary>The capture ends here: what waits for a later moment is decided.</summary>
    void Complete(in Moment end);
}
