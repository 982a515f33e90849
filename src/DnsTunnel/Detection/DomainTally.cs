namespace DnsTunnel.Detection;

/// <summary>How many clients ask each domain, and how many domains each client, from the totals of all that are worth a closer look.</summary>
internal sealed class DomainTally
{
    /// <summary>Fewer names or bytes are never a tunnel, nor part of one.</summary>
    public const int MinNames = 2;
    public const int MinBytes = 12;

    /// <summary>
    /// A client counts that asks for at least a quarter as many names as the one that asks for most: one who is lured into a question
    /// or two does not make a tunnel look popular.
    /// </summary>
    private const int Comparable = 4;

    /// <summary>Every host asks some domains for a few dozen names.</summary>
    private const int ManyNames = 64;

    private readonly List<(string Domain, string? Client, long Names)> _totals = [];
    private readonly Dictionary<string, int> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> _names = new(StringComparer.Ordinal);

    public static bool IsWorthALook(long names, long bytes, long answers) => (names >= MinNames && bytes >= MinBytes) || answers >= Judge.MinNames;

    /// <summary>Clients that ask a domain for many names; where volumes are not counted by client, all clients of its busiest window.</summary>
    public int ClientsOf(string domain) => _clients.GetValueOrDefault(domain, 1);

    /// <summary>Other domains that a client asks for at least half as many names; 0 where volumes are not counted by client.</summary>
    public int PeersOf(string? client, long names)
    {
        if (client is null || !_names.TryGetValue(client, out var all) || names < ManyNames) return 0;
        return all.Count(n => n >= Math.Max(ManyNames, names / 2)) - 1;
    }

    /// <param name="domain">The registered domain.</param>
    /// <param name="client">Null when not counted by client.</param>
    /// <param name="names">Distinct names, over all windows.</param>
    /// <param name="clients">Clients in the busiest window, when not counted by client.</param>
    public void Add(string domain, string? client, long names, long clients)
    {
        if (client is null) _clients[domain] = (int)Math.Clamp(clients, 1, int.MaxValue);
        else _totals.Add((domain, client, names));
    }

    /// <summary>Ends the counting.</summary>
    public void Complete()
    {
        var most = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (domain, _, names) in _totals) most[domain] = Math.Max(names, most.GetValueOrDefault(domain));
        foreach (var (domain, client, names) in _totals)
        {
            if (names >= ManyNames) (_names.TryGetValue(client!, out var all) ? all : _names[client!] = []).Add(names);
            if (names * Comparable >= most[domain]) _clients[domain] = _clients.GetValueOrDefault(domain) + 1;
        }

        _totals.Clear();
    }
}
