namespace DnsTunnel;

/// <summary>One measured property of a domain's queries and what it added to the finding.</summary>
/// <param name="Value">The measured value.</param>
/// <param name="Contribution">What it added to the log-odds (natural logarithm) that this is a tunnel; negative when it speaks against.</param>
public sealed record DnsTunnelFeature(double Value, double Contribution)
{
    /// <summary>Value and contribution in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:0.##} ({Contribution:+0.00;-0.00;0})");
}
