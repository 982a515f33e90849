using DnsTunnel.Names;

namespace DnsTunnel.Response.Domains;

/// <summary>Domains that are not blocked by mistake: those that much depends on, and those of this network.</summary>
internal sealed class ProtectedDomains
{
    private const string FileName = "protected-domains.txt";

    /// <summary>Names that never leave a network (RFC 6761, 6762, 8375, ICANN 2024), and addresses.</summary>
    private static readonly string[] s_internal = ["local", "internal", "home.arpa", "localhost", "lan", "in-addr.arpa", "ip6.arpa", "resolver.arpa"];

    private static readonly Lazy<ProtectedDomains> s_default = new(() => new(
        File.ReadLines(Path.Combine(Folder, "data", FileName)), OwnDomains.Read()));

    private readonly List<(byte[] Wire, string Breaks)> _listed = [];
    private readonly List<(byte[] Wire, string Breaks)> _own = [];

    /// <summary>Makes it of a list and of the names of this network.</summary>
    /// <param name="lines">Comments, or a domain, a tab and what would break.</param>
    /// <param name="own">The zones of this network.</param>
    public ProtectedDomains(IEnumerable<string> lines, IEnumerable<string> own)
    {
        foreach (var line in lines)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var tab = line.IndexOf('\t');
            Add(_listed, tab < 0 ? line : line[..tab], tab < 0 ? "it is on the list of protected domains" : line[(tab + 1)..]);
        }
        foreach (var zone in own) Add(_own, zone, "names of this network");
        foreach (var zone in s_internal) Add(_own, zone, "names and addresses of local networks");
    }

    /// <summary>The list that comes with the module and the names of this computer, read at first use.</summary>
    public static ProtectedDomains Default => s_default.Value;

    private static string Folder =>
        Path.GetDirectoryName(typeof(ProtectedDomains).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;

    /// <summary>What would break; null when nothing that is known.</summary>
    public string? WhatBreaks(BlockedDomain domain)
    {
        var wire = domain.Wire;
        var offset = PublicSuffixList.Default.RegisteredDomainOffset(wire);
        foreach (var (name, breaks) in _listed)
        {
            if (IsAtOrBelow(name, wire) || offset >= 0 && wire[offset..].SequenceEqual(name)) return breaks;
        }
        foreach (var (name, breaks) in _own)
        {
            if (IsAtOrBelow(name, wire) || IsAtOrBelow(wire, name)) return breaks;
        }
        return null;
    }

    /// <exception cref="ResponseException">Something would break.</exception>
    public void Refuse(BlockedDomain domain)
    {
        if (WhatBreaks(domain) is not { } breaks) return;
        throw new ResponseException(ResponseError.DomainProtected, $"'{domain.Text}' is protected; without it, this stops working: {breaks}.");
    }

    private static void Add(List<(byte[], string)> list, string text, string breaks)
    {
        var wire = new byte[DnsName.MaxWireLength];
        if (!DnsName.TryParse(text.Trim(), wire, out var length) || length <= 1) return;
        DnsName.ToLower(wire.AsSpan(0, length), wire);
        list.Add((wire[..length], breaks));
    }

    private static bool IsAtOrBelow(ReadOnlySpan<byte> name, ReadOnlySpan<byte> zone)
    {
        while (name.Length > zone.Length) name = name[(1 + name[0])..];
        return name.SequenceEqual(zone);
    }
}
