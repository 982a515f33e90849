namespace DnsTunnel.Detection;

/// <summary>Volumes that are there already.</summary>
/// <param name="windows">Those of each window, in order of time; gone through twice.</param>
internal sealed class ListedVolumes(Func<IEnumerable<DomainVolume[]>> windows) : IVolumeSource
{
    public IEnumerable<DomainVolume> Select(DomainTally tally, bool all)
    {
        var totals = new Dictionary<(string Domain, string? Client), Total>();
        foreach (var volume in windows().SelectMany(w => w))
        {
            var key = (volume.Domain, volume.Client);
            var total = totals.GetValueOrDefault(key);
            totals[key] = new(total.Names + volume.UniqueNames, total.Bytes + volume.InformationBytes, Math.Max(total.Clients, volume.ClientCount), total.Answers + volume.Place.Answers);
        }

        foreach (var (key, total) in totals)
        {
            if (DomainTally.IsWorthALook(total.Names, total.Bytes, total.Answers)) tally.Add(key.Domain, key.Client, total.Names, total.Clients);
        }

        foreach (var volume in windows().SelectMany(w => w))
        {
            var total = totals[(volume.Domain, volume.Client)];
            if (all || DomainTally.IsWorthALook(total.Names, total.Bytes, total.Answers)) yield return volume;
        }
    }

    private readonly record struct Total(long Names, long Bytes, long Clients, long Answers);
}
