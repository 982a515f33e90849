namespace DnsTunnel.Detection;

/// <summary>What was known of domains before a run.</summary>
internal interface IDomainPast
{
    /// <summary>How it moves a verdict; null when it has nothing to say.</summary>
    PastShift? Of(string domain, Verdict verdict);
}
