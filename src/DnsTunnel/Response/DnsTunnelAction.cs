namespace DnsTunnel;

/// <summary>What can be done about a tunnel.</summary>
public enum DnsTunnelAction
{
    /// <summary>Make the resolver deny the domain and every name below it.</summary>
    BlockDomain,
}
