using System.Net;

namespace DnsTunnel.Evidence;

/// <summary>Which domains were answered with which addresses. Bounded: what comes later than the limit is left out and counted.</summary>
internal sealed class AnswerTable
{
    private const int MaxAddresses = 1 << 17;
    private const int MaxDomains = 16;

    private readonly Dictionary<IPAddress, List<string>> _domains = [];

    /// <summary>Whether addresses were left out.</summary>
    public bool IsFull => _domains.Count == MaxAddresses;

    public void Add(string domain, IPAddress address)
    {
        if (!_domains.TryGetValue(address, out var domains))
        {
            if (IsFull) return;
            _domains[address] = domains = [];
        }

        if (domains.Count < MaxDomains && !domains.Contains(domain)) domains.Add(domain);
    }

    public IReadOnlyList<string> DomainsOf(IPAddress address) => _domains.GetValueOrDefault(address) ?? [];
}
