namespace DnsTunnel.Detection;

/// <summary>The lengths of time over which names are put together: short ones find quickly, long ones find what is slow.</summary>
internal static class Timescales
{
    public static readonly TimeSpan[] All = [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];
}
