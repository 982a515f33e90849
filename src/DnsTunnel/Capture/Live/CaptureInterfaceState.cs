namespace DnsTunnel;

/// <summary>Whether an interface takes part in a network.</summary>
public enum CaptureInterfaceState
{
    /// <summary>It is switched off, or its network is gone.</summary>
    Down,

    /// <summary>It is switched on.</summary>
    Up,
}
