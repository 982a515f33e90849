namespace DnsTunnel;

/// <summary>A name server of a domain.</summary>
/// <param name="Zone">The zone that it serves.</param>
/// <param name="Name">Its name.</param>
/// <param name="Addresses">Its addresses; none when they could not be found.</param>
public sealed record DnsTunnelNameServer(string Zone, string Name, string[] Addresses)
{
    /// <summary>Zone, name and addresses in one line.</summary>
    public override string ToString() => $"{Zone}: {Name} {(Addresses.Length == 0 ? "(no address)" : string.Join(", ", Addresses))}";
}
