namespace DnsTunnel.Detection;

/// <summary>The domains and clients of a run that are worth a closer look.</summary>
internal sealed class LineUp
{
    private readonly DomainTally _tally = new();
    private readonly Dictionary<(string Domain, string? Client), Suspect> _suspects = [];

    public IReadOnlyCollection<Suspect> Suspects => _suspects.Values;

    /// <param name="source">The volumes of the run.</param>
    /// <param name="all">Whether to keep those too that are not worth a look.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LineUp Of(IVolumeSource source, bool all, CancellationToken cancellation)
    {
        var line = new LineUp();
        foreach (var volume in source.Select(line._tally, all))
        {
            cancellation.ThrowIfCancellationRequested();
            line.Add(volume);
        }

        line._tally.Complete();
        return line;
    }

    /// <summary>Who else asks a suspect's domain, and what else its client asks for.</summary>
    public Surroundings Around(Suspect suspect) => new(_tally.ClientsOf(suspect.Domain), Domains: 1, _tally.PeersOf(suspect.Client, suspect.Volumes.Sum(v => v.UniqueNames)));

    /// <summary>What may be one tunnel in pieces: a domain that several clients ask, and domains of one client with like names.</summary>
    /// <param name="suspects">Which to look at.</param>
    public IEnumerable<SuspectGroup> Groups(IReadOnlyCollection<Suspect> suspects) => suspects
        .GroupBy(s => s.Domain, (domain, clients) => new SuspectGroup([.. clients], new(_tally.ClientsOf(domain), Domains: 1, Peers: 0)))
        .Where(g => g.Suspects.Length > 1)
        .Concat(Siblings(suspects));

    /// <summary>Domains of one client with names made alike.</summary>
    public static IEnumerable<SuspectGroup> Siblings(IEnumerable<Suspect> suspects) =>
        suspects.GroupBy(s => s.Client).SelectMany(SiblingFinder.Groups).Select(g => new SuspectGroup(g, new(Clients: 1, g.Length, Peers: 0)));

    private void Add(DomainVolume volume)
    {
        var key = (volume.Domain, volume.Client);
        if (!_suspects.TryGetValue(key, out var suspect)) _suspects[key] = suspect = new Suspect(volume.Domain, volume.Client);
        suspect.Volumes.Add(volume);
    }
}
