namespace DnsTunnel.Detection;

/// <summary>How many clients ask each domain, from the totals of all that are worth a closer look.</summary>
internal sealed class DomainTally
{
    /// <summary>Fewer names or bytes are never a tunnel, nor part of one.</summary>
    private const int MinNames = 2;
    private const int MinBytes = 12;

    /// <summary>
    /// A client counts that asks for at least a quarter as many names as the one that asks for most: one who is lured into a question
    /// or two does not make a tunnel look popular.
    /// </summary>
    private const int Comparable = 4;

    private readonly List<(string Domain, string? Client, long Names)> _totals = [];
    private readonly Dictionary<string, int> _clients = new(StringComparer.Ordinal);

    public static bool IsWorthALook(long names, long bytes) => names >= MinNames && bytes >= MinBytes;

    /// <summary>Clients that ask a domain for many names; where volumes are not counted by client, all clients of its busiest window.</summary>
    public int ClientsOf(string domain) => _clients.GetValueOrDefault(domain, 1);

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
        foreach (var (domain, _, names) in _totals)
        {
            if (names * Comparable >= most[domain]) _clients[domain] = _clients.GetValueOrDefault(domain) + 1;
        }

        _totals.Clear();
    }
}
