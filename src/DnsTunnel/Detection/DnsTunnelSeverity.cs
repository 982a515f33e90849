namespace DnsTunnel;

/// <summary>How grave a finding is.</summary>
public enum DnsTunnelSeverity
{
    /// <summary>Worth a look when there is time.</summary>
    Low,

    /// <summary>Worth a look today.</summary>
    Medium,

    /// <summary>Act now.</summary>
    High,

    /// <summary>Much data can have left; act now and escalate.</summary>
    Critical,
}
