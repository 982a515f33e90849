using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>Numbers for registered domains.</summary>
internal sealed class DomainTable
{
    private readonly Dictionary<ulong, int> _byHash = [];
    private readonly List<string> _names = [];

    public string this[int domain] => _names[domain];

    /// <param name="lowerWire">In lower case.</param>
    public int Intern(ReadOnlySpan<byte> lowerWire)
    {
        var hash = NameHash.OfLower(lowerWire);
        if (_byHash.TryGetValue(hash, out var domain)) return domain;
        _names.Add(DnsName.ToText(lowerWire));
        return _byHash[hash] = _names.Count - 1;
    }
}
