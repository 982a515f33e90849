namespace DnsTunnel.Evidence;

/// <summary>Chooses how long the intervals of a timeline are.</summary>
internal static class Interval
{
    private const int MaxCount = 40;

    private static readonly TimeSpan[] s_lengths =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7),
    ];

    /// <summary>The shortest with which no finding has more than 40; 15 minutes when none tells its time.</summary>
    public static TimeSpan For(IEnumerable<EvidenceSubject> subjects)
    {
        var longest = subjects.Max(subject => subject.LastSeen - subject.FirstSeen);
        return longest is null ? TimeSpan.FromMinutes(15) : s_lengths.FirstOrDefault(length => longest / length <= MaxCount, s_lengths[^1]);
    }
}
