namespace DnsTunnel;

/// <summary>The same for objects of the pipeline, which count as lines. One that cannot be read is an error of its own.</summary>
public sealed class ObjectStatistics : LogStatistics
{
    internal ObjectStatistics() => Format = "object";

    private protected override IEnumerable<string> GetWarnings()
    {
        if (this is { Lines: > 0, Queries: 0 }) yield return FormattableString.Invariant($"No DNS query in {Lines:N0} objects.");
        if (UntimedQueries > 0)
        {
            yield return FormattableString.Invariant($"{UntimedQueries:N0} queries came without a time (such as a property Timestamp) and got that of now, so windows and rates mean nothing.");
        }
    }
}
