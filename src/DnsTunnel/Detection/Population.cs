namespace DnsTunnel.Detection;

/// <summary>What is usual among the domains of the same traffic in the same window.</summary>
internal sealed class Population
{
    /// <summary>Fewer domains say nothing about what is usual.</summary>
    private const int MinDomains = 10;

    private readonly Dictionary<string, DomainFigures> _domains = new(StringComparer.Ordinal);

    public Population(IReadOnlyCollection<DomainVolume> window)
    {
        var clients = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var volume in window)
        {
            if (volume.Client is not null) clients.Add(volume.Client);
            var figures = _domains.GetValueOrDefault(volume.Domain);
            _domains[volume.Domain] = new(
                Math.Max(figures.Information, volume.InformationBytes),
                volume.Client is null ? Math.Max(figures.Clients, volume.ClientCount) : figures.Clients + 1);
        }

        var information = _domains.Values.Select(d => d.Information).ToArray();
        Array.Sort(information);
        MedianInformation = information.Length == 0 ? 0 : information[information.Length / 2];
        ClientCount = clients.Count > 0 ? clients.Count : window.Max(v => (long?)v.ClientCount) ?? 0;
    }

    public int DomainCount => _domains.Count;

    public bool IsTelling => DomainCount >= MinDomains;

    /// <summary>Bytes; of the busiest client of each domain.</summary>
    public long MedianInformation { get; }

    /// <summary>Clients in the traffic; where volumes are not counted by client, the most that one domain has.</summary>
    public long ClientCount { get; }

    public long ClientsOf(string domain) => _domains[domain].Clients;

    private readonly record struct DomainFigures(long Information, long Clients);
}
