namespace DnsTunnel.Detection;

/// <summary>Suspects that may be parts of one tunnel.</summary>
/// <param name="Suspects">Clients of one domain, or domains of one client.</param>
/// <param name="Around">What is known besides.</param>
internal sealed record SuspectGroup(Suspect[] Suspects, Surroundings Around)
{
    private Timeline? _timeline;

    public Timeline Timeline => _timeline ??= Timeline.Of([.. Suspects.Select(s => s.Timeline)]);
}
