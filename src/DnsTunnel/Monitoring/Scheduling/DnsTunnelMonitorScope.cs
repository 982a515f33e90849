namespace DnsTunnel;

/// <summary>For whom a monitor runs.</summary>
public enum DnsTunnelMonitorScope
{
    /// <summary>The user who registers it.</summary>
    User,

    /// <summary>The computer; for administrators.</summary>
    System,
}
