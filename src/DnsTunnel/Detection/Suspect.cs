namespace DnsTunnel.Detection;

/// <summary>A registered domain and a client whose names are judged.</summary>
internal sealed class Suspect(string domain, string? client)
{
    private Timeline? _timeline;

    public string Domain => domain;

    /// <summary>Null when not counted by client, or when all clients are meant.</summary>
    public string? Client => client;

    /// <summary>In order of time.</summary>
    public List<DomainVolume> Volumes { get; } = [];

    public Timeline Timeline => _timeline ??= Timeline.Of(HasOnlyAddresses ? [] : Volumes);

    /// <summary>Whether all names are those of IPv4 addresses: whoever holds such a zone holds 256 of them, or pays for more.</summary>
    public bool HasOnlyAddresses => domain.EndsWith(".in-addr.arpa", StringComparison.Ordinal) && !Volumes.Exists(v => v.HasFreeNames);
}
