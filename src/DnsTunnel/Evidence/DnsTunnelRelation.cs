namespace DnsTunnel;

/// <summary>Another domain that has something in common with the one of a finding.</summary>
/// <param name="Domain">The other domain.</param>
/// <param name="Link">What they have in common.</param>
/// <param name="IsFinding">Whether there is a finding for it too.</param>
public sealed record DnsTunnelRelation(string Domain, string Link, bool IsFinding)
{
    /// <summary>Domain and link in one line.</summary>
    public override string ToString() => $"{Domain}{(IsFinding ? " (a finding too)" : "")}: {Link}";
}
