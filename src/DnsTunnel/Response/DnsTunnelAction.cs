namespace DnsTunnel;

/// <summary>What can be done about a tunnel.</summary>
public enum DnsTunnelAction
{
    /// <summary>Make the resolver deny the domain and every name below it.</summary>
    BlockDomain,

    /// <summary>Cut a host off but for chosen addresses.</summary>
    IsolateHost,

    /// <summary>Let a host ask chosen resolvers only, over ports 53 and 853.</summary>
    PinResolver,

    /// <summary>End a process.</summary>
    StopProcess,

    /// <summary>Lock an account and let it expire.</summary>
    DisableAccount,
}
