using System.Net;
using DnsTunnel.Packets;

namespace DnsTunnel.Evidence;

/// <summary>The addresses that traffic other than DNS went to.</summary>
internal sealed class ConnectionTally : IConnectionSink
{
    private const int MaxAddresses = 1 << 18;

    private readonly HashSet<HostAddress> _addresses = [];

    /// <summary>Whether there was any: a capture of DNS alone says nothing about connections.</summary>
    public bool HasTraffic => _addresses.Count > 0;

    public void OnConnection(HostAddress source, HostAddress destination)
    {
        if (_addresses.Count < MaxAddresses) _addresses.Add(destination);
    }

    /// <summary>One sentence on the addresses that a domain's answers pointed to.</summary>
    public string Describe(IReadOnlyCollection<IPAddress> answers)
    {
        if (!HasTraffic) return "not known: the source holds no traffic but DNS";
        if (answers.Count == 0) return "no answer was an address to connect to";
        var used = answers.Count(Contains);
        if (used == 0 && _addresses.Count == MaxAddresses) return "not known: the source has more addresses than are kept";
        return used == 0
            ? FormattableString.Invariant($"none of {answers.Count:N0} addresses in answers was connected to: names were asked for, and not to go there")
            : FormattableString.Invariant($"{used:N0} of {answers.Count:N0} addresses in answers were connected to");
    }

    private bool Contains(IPAddress address) => _addresses.Contains(HostAddress.FromIPv6(address.MapToIPv6().GetAddressBytes()));
}
