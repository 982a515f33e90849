namespace DnsTunnel.Volume;

/// <summary>What bounds the memory of a <see cref="VolumeAggregator"/>.</summary>
/// <param name="Summaries">Beyond, windows are doubled where they may be; then the half of the summaries that tell least is dropped and counted.</param>
/// <param name="Entries">Of all sketches together; beyond, each holds half as many.</param>
internal sealed record VolumeLimits(int Summaries, int Entries)
{
    /// <summary>About 250 MB of summaries with one name, and 400 MB of entries.</summary>
    public static VolumeLimits Default { get; } = new(1 << 20, 1 << 23);
}
