using System.Net;
using System.Text;
using DnsTunnel.Names;
using DnsTunnel.Packets;

namespace DnsTunnel.Volume;

/// <summary>Numbers for clients: addresses, or host names where a source has nothing else.</summary>
internal sealed class ClientTable
{
    /// <summary>The number of a client that the source does not name.</summary>
    public const int Unknown = 0;

    private readonly Dictionary<HostAddress, int> _byAddress = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Found without the dictionary.</summary>
    private readonly (HostAddress Address, int Client)[] _recent = new (HostAddress, int)[1024];
    private readonly List<string?> _names = [null];
    private readonly List<NameKey> _keys = [default];

    public string? this[int client] => _names[client];

    public int Count => _names.Count;

    /// <summary>By which sketches count clients.</summary>
    public NameKey KeyOf(int client) => _keys[client];

    /// <summary>Null for a client that is known by name only.</summary>
    public IPAddress? AddressOf(int client) => IPAddress.TryParse(_names[client], out var address) ? address : null;

    /// <summary>Of an address when there is one, or else of a name.</summary>
    public int Intern(HostAddress address, string? name)
    {
        if (address == default) return Intern(name);
        ref var recent = ref _recent[(int)(((ulong)address.Value * 0x9E3779B97F4A7C15) >> 54)];
        if (recent.Address == address) return recent.Client;
        if (!_byAddress.TryGetValue(address, out var client)) _byAddress[address] = client = Intern(address.ToString());
        recent = (address, client);
        return client;
    }

    public int Intern(string? name)
    {
        if (string.IsNullOrEmpty(name)) return Unknown;
        if (_byName.TryGetValue(name, out var client)) return client;
        _names.Add(name);
        _keys.Add(NameHash.KeyOfLower(Encoding.UTF8.GetBytes(name.ToLowerInvariant())));
        return _byName[name] = _names.Count - 1;
    }

    /// <summary>A table of some of the clients alone, and the new number of each.</summary>
    public (ClientTable Table, Dictionary<int, int> Numbers) Keep(IReadOnlySet<int> clients)
    {
        var kept = new ClientTable();
        var numbers = new Dictionary<int, int> { [Unknown] = Unknown };
        foreach (var client in clients) numbers[client] = kept.Intern(_names[client]);
        foreach (var (address, client) in _byAddress.Where(a => clients.Contains(a.Value))) kept._byAddress[address] = numbers[client];
        return (kept, numbers);
    }
}
