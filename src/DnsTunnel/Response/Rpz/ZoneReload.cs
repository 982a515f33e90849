namespace DnsTunnel;

/// <summary>How a server is told that a policy zone file has changed.</summary>
public enum ZoneReload
{
    /// <summary>Not at all: someone else does it.</summary>
    None,

    /// <summary>BIND: rndc reload.</summary>
    Rndc,

    /// <summary>Unbound: unbound-control auth_zone_reload.</summary>
    UnboundControl,
}
