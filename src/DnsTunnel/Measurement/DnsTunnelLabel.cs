namespace DnsTunnel;

/// <summary>What a manifest says of a capture.</summary>
public enum DnsTunnelLabel
{
    /// <summary>Nobody has judged it: what is found in it is neither right nor wrong.</summary>
    Unlabelled,

    /// <summary>There is no tunnel in it: each domain that is found is false.</summary>
    Benign,

    /// <summary>There is a tunnel in it, under the domains named: each other domain that is found is false.</summary>
    Tunnel,
}
