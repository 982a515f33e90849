using System.Buffers.Binary;
using System.Security.Cryptography;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.ClickHouse;

/// <summary>
/// What a name carries, in parts that a server can count: the name itself with the cost of its first label, the names between it and
/// its registered domain, and the prefix of the first label. The sum of the largest cost of each distinct key is what
/// <see cref="DomainSummary.Cost"/> is.
/// </summary>
internal sealed class NameParts(PublicSuffixList suffixes)
{
    /// <summary>The lowest bit of the keys of names that were asked for; those of other parts do not have it.</summary>
    private const ulong Asked = 1;

    private const byte PrefixMark = 0x80;

    private readonly ulong[] _keys = new ulong[SubdomainFacts.MostLabels + 1];
    private readonly ushort[] _costs = new ushort[SubdomainFacts.MostLabels + 1];
    private int _count;

    public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, _count);

    /// <summary>By <see cref="LabelCode"/>, one for each key.</summary>
    public ReadOnlySpan<ushort> Costs => _costs.AsSpan(0, _count);

    /// <summary>Bytes of the name left of its registered domain.</summary>
    public byte SubdomainBytes { get; private set; }

    /// <param name="name">In wire form and wire case.</param>
    /// <param name="ticks">When it was asked for, UTC.</param>
    public void Take(ReadOnlySpan<byte> name, long ticks)
    {
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var lower = buffer[..name.Length];
        DnsName.ToLower(name, lower);
        var domainOffset = suffixes.RegisteredDomainOffset(lower);
        if (domainOffset < 0) domainOffset = lower.Length - 1;
        SubdomainBytes = (byte)Math.Max(0, domainOffset - 1);

        Span<ushort> costs = stackalloc ushort[SubdomainFacts.MostLabels];
        costs[0] = 0;
        SubdomainFacts.Of(name[..domainOffset], ticks, costs);
        _count = 0;
        Add(KeyOf(lower) | Asked, costs[0]);
        if (domainOffset == 0) return;
        AddPrefix(name, lower);
        var label = 1;
        for (var offset = 1 + lower[0]; offset < domainOffset; offset += 1 + lower[offset]) Add(KeyOf(lower[offset..]) & ~Asked, costs[label++]);
    }

    private void AddPrefix(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower)
    {
        var length = LabelPrefix.LengthOf(name.Slice(1, name[0]));
        if (length == 0) return;
        Span<byte> key = stackalloc byte[1 + DnsName.MaxLabelLength];
        key[0] = (byte)(PrefixMark | length);
        lower.Slice(1, length).CopyTo(key[1..]);
        Add(KeyOf(key[..(1 + length)]) & ~Asked, (ushort)LabelCode.Cost(name.Slice(1, length)));
    }

    private void Add(ulong key, ushort cost)
    {
        _keys[_count] = key;
        _costs[_count++] = cost;
    }

    /// <summary>All who write to a table need the same hash, so it has no seed; one that attackers could aim at would let them hide names behind each other.</summary>
    private static ulong KeyOf(ReadOnlySpan<byte> lower)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(lower, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
