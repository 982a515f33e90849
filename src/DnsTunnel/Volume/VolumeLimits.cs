namespace DnsTunnel.Volume;

/// <summary>What bounds the memory of a <see cref="VolumeAggregator"/>.</summary>
/// <param name="Summaries">Beyond, windows are closed or doubled where they may be; then the half of the summaries that tell least is dropped and counted.</param>
/// <param name="Entries">Of all summaries together; beyond, those go that tell least, and then each sketch holds half as many.</param>
internal sealed record VolumeLimits(int Summaries, int Entries)
{
    /// <summary>About 65 MB of summaries with one name, and 100 MB of entries.</summary>
    public static VolumeLimits Default { get; } = new(1 << 19, 1 << 21);
}
