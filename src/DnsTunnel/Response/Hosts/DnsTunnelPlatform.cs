namespace DnsTunnel;

/// <summary>What a script of -AsScript is for.</summary>
public enum DnsTunnelPlatform
{
    /// <summary>A script of the POSIX shell.</summary>
    Linux,

    /// <summary>A script of Windows PowerShell 5.1 and later.</summary>
    Windows,
}
