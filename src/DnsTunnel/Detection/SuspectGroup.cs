namespace DnsTunnel.Detection;

/// <summary>Suspects that may be parts of one tunnel.</summary>
/// <param name="Suspects">Clients of one domain, or domains of one client.</param>
/// <param name="Clients">How many clients.</param>
/// <param name="Domains">How many domains.</param>
internal sealed record SuspectGroup(Suspect[] Suspects, int Clients, int Domains)
{
    private Timeline? _timeline;

    public Timeline Timeline => _timeline ??= Timeline.Of([.. Suspects.Select(s => s.Timeline)]);
}
