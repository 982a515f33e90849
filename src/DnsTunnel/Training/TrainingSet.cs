using DnsTunnel.Detection;
using DnsTunnel.Measurement;

namespace DnsTunnel.Training;

/// <summary>Gathers windows from captures and logs whose truth is known.</summary>
internal sealed class TrainingSet
{
    /// <summary>Ordinary domains are many, and a false alarm costs more than a late one.</summary>
    private const float TunnelWeight = 2;

    /// <summary>As Test-DnsTunneling counts by default.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    private readonly List<TrainingRow> _rows = [];

    public IReadOnlyCollection<TrainingRow> Rows => _rows;

    /// <param name="source">The volumes of a capture or log.</param>
    /// <param name="entry">What is known of it; names under other domains than those of the tunnel are ordinary.</param>
    /// <param name="group">Tool, or kind of ordinary traffic.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Add(IVolumeSource source, ManifestEntry entry, string group, CancellationToken cancellation)
    {
        var tunnelDomains = entry.Domains.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var line = LineUp.Of(source, all: false, cancellation);
        foreach (var suspect in line.Suspects)
        {
            var isTunnel = tunnelDomains.Contains(suspect.Domain);
            Add(suspect.Timeline, line.Around(suspect), isTunnel, group);
        }

        foreach (var parts in line.Groups(line.Suspects))
        {
            var tunnels = parts.Suspects.Count(s => tunnelDomains.Contains(s.Domain));
            // A mixed group is neither.
            if (tunnels == 0 || tunnels == parts.Suspects.Length) Add(parts.Timeline, parts.Around, tunnels > 0, group);
        }
    }

    private void Add(Timeline timeline, in Surroundings around, bool isTunnel, string group)
    {
        var windows = isTunnel ? RowSampler.OfTunnel(timeline) : RowSampler.OfOther(timeline);
        var weight = (isTunnel ? TunnelWeight : 1f) / Math.Max(1, windows.Count);
        foreach (var window in windows) _rows.Add(new TrainingRow(FeatureVector.Of(window, around), isTunnel, weight, group));
    }
}
