namespace DnsTunnel.Packets;

internal static class CaptureTime
{
    /// <summary>Are two times further apart than a limit? Either way round: captures that were joined go back in time.</summary>
    public static bool AreApart(long first, long second, long limit) => (ulong)(first - second + limit) > 2 * (ulong)limit;
}
