namespace DnsTunnel.Detection;

/// <summary>How grave a finding is: by how much can have left, for a tunnel's size decides what was lost.</summary>
internal static class Rating
{
    private const long HighBytes = 10_000;
    private const long CriticalBytes = 100_000;

    public static DnsTunnelSeverity SeverityOf(bool isTunnel, long bytesOut) => !isTunnel ? DnsTunnelSeverity.Low : bytesOut switch
    {
        >= CriticalBytes => DnsTunnelSeverity.Critical,
        >= HighBytes => DnsTunnelSeverity.High,
        _ => DnsTunnelSeverity.Medium,
    };

    /// <summary>Risk scores of Elastic's rules (medium 47, high 73, critical 99), so that findings line up with theirs; 0 when there is no tunnel.</summary>
    public static int RiskOf(bool isTunnel, DnsTunnelSeverity severity) => !isTunnel ? 0 : severity switch
    {
        DnsTunnelSeverity.Critical => 99,
        DnsTunnelSeverity.High => 73,
        _ => 47,
    };
}
