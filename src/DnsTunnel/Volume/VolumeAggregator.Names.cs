using System.Buffers.Binary;
using System.IO.Hashing;
using DnsTunnel.Names;
using DnsTunnel.Tools;
using DnsTunnel.Wire;

namespace DnsTunnel.Volume;

/// <content>What of a name goes into a summary.</content>
internal sealed partial class VolumeAggregator
{
    private KnownName Know(in VolumeItem item)
    {
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var lower = buffer[..item.Name.Length];
        DnsName.ToLower(item.Name, lower);
        // A name that has no registered domain stands, whole, under the root.
        var domainOffset = suffixes.RegisteredDomainOffset(lower);
        if (domainOffset < 0) domainOffset = lower.Length - 1;
        return new KnownName { Hash = item.NameHash, Domain = _domains.Intern(lower[domainOffset..]), DomainOffset = (byte)domainOffset };
    }

    /// <summary>How many entries more are held for it.</summary>
    private int AddNames(HeldSummary summary, in VolumeItem item, int client, in KnownName name, NameTraits traits, bool isPlain)
    {
        var held = summary.HeldEntries;
        ref var known = ref _facts[(int)item.NameHash & (KnownFactsCount - 1)];
        if (isPlain && known.Hash == item.NameHash && item.NameHash != 0) known.AddTo(summary, item, traits);
        else AddNewNames(summary, item, client, name, traits, isPlain);
        return summary.HeldEntries - held;
    }

    private void AddNewNames(HeldSummary summary, in VolumeItem item, int client, in KnownName name, NameTraits asked, bool isPlain)
    {
        int domainOffset = name.DomainOffset;
        var traits = NameTraits.None;
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var lower = buffer[..item.Name.Length];
        DnsName.ToLower(item.Name, lower);
        var key = new NameKey(item.NameHash, NameHash.RankOfLower(lower));
        if (ReverseName.IsOfIPv6(lower)) traits |= NameTraits.Reverse;
        else if (AddressLabels.AreIn(lower[..domainOffset])) traits |= NameTraits.Address;
        else if (NestedName.IsIn(suffixes, lower, domainOffset)) traits |= NameTraits.Nested;
        if (IsService(lower[..domainOffset])) traits |= NameTraits.Service;
        var rules = _domains.RulesOf(name.Domain);
        var exception = rules is null ? -1 : rules.Match(lower, new DateTime(item.Ticks, DateTimeKind.Utc), Clients.AddressOf(client));
        Span<ushort> costs = stackalloc ushort[SubdomainFacts.MostLabels];
        var prefix = domainOffset == 0 ? 0 : LabelPrefix.LengthOf(item.Name.Slice(1, item.Name[0]));
        if (prefix > 0) traits |= NameTraits.Prefixed;
        var subdomain = SubdomainFacts.Of(item.Name[..domainOffset], item.Ticks, costs);
        var facts = new NameFacts
        {
            Ticks = item.Ticks,
            Bytes = (byte)Math.Max(0, domainOffset - 1),
            Cost = domainOffset == 0 ? (ushort)0 : costs[0],
            Value = domainOffset == 0 ? 0 : LabelValue.Of(lower.Slice(1 + prefix, lower[0] - prefix)),
            Traits = traits | asked,
            Shape = subdomain.Shape,
            Tool = subdomain.DearestCost < ToolCost ? (byte)0 : ToolTraits.Of(item.Name[..domainOffset], item.Type),
            Exception = (byte)(exception + 1),
        };
        var known = new KnownFacts { Hash = item.NameHash, Facts = facts with { Traits = traits }, Rank = key.Rank, IsFree = domainOffset > 0 && !ReverseName.IsSound(lower) };
        summary.AddName(key, item.Name, facts);
        if (known.IsFree) summary.NoteFreeName();
        if (prefix > 0) AddPrefix(summary, item.Name[..(1 + prefix)], lower, facts);
        var label = 1;
        for (var offset = domainOffset == 0 ? 0 : 1 + lower[0]; offset < domainOffset; offset += 1 + lower[offset])
        {
            var parent = new KnownParent(NameHash.KeyOfLower(lower[offset..]), LabelValue.Of(lower.Slice(offset + 1, lower[offset])), costs[label++]);
            parent.AddTo(summary, facts);
            if (label <= KnownFacts.MaxParents + 1) known.AddParent(parent);
        }

        // Dear names seldom come again, and of these some facts hang on who asks, when, and for what.
        var isAlways = isPlain && rules is null && prefix == 0 && subdomain.DearestCost < ToolCost && label <= KnownFacts.MaxParents + 1 && !TimestampLabel.MayBeIn(lower[..domainOffset]);
        if (isAlways) _facts[(int)item.NameHash & (KnownFactsCount - 1)] = known;
    }

    /// <summary>Of names that hold an address or another name, that stand under a service label or under an exception, answers are expected.</summary>
    private int AddAnswer(HeldSummary summary, in VolumeItem item, int client, in KnownName name)
    {
        var held = summary.HeldEntries;
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var lower = buffer[..item.Name.Length];
        DnsName.ToLower(item.Name, lower);
        var labels = lower[..name.DomainOffset];
        if (ReverseName.IsOfIPv6(lower) || AddressLabels.AreIn(labels) || NestedName.IsIn(suffixes, lower, name.DomainOffset) || IsService(labels)) return 0;
        var rules = _domains.RulesOf(name.Domain);
        if (rules is not null && rules.Match(lower, new DateTime(item.Ticks, DateTimeKind.Utc), Clients.AddressOf(client)) >= 0) return 0;
        Span<byte> key = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(key, XxHash3.HashToUInt64(lower));
        BinaryPrimitives.WriteUInt64LittleEndian(key[sizeof(ulong)..], item.Answer.Hash);
        summary.AddAnswer(NameHash.KeyOfLower(key), item.Ticks, item.Answer.Bytes);
        return summary.HeldEntries - held;
    }

    private static bool IsService(ReadOnlySpan<byte> labels)
    {
        while (!labels.IsEmpty)
        {
            labels = labels[(1 + labels[0])..];
            if (labels.Length > 1 && labels[1] == '_') return true;
        }

        return false;
    }

    /// <summary>A length that no label has keeps its key apart from those of names.</summary>
    private static void AddPrefix(HeldSummary summary, ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower, in NameFacts facts)
    {
        const byte mark = 0x80;
        var length = name.Length - 1;
        Span<byte> key = stackalloc byte[1 + DnsName.MaxLabelLength];
        key[0] = (byte)(mark | length);
        var prefix = lower.Slice(1, length);
        prefix.CopyTo(key[1..]);
        var cost = (ushort)LabelCode.Cost(name[1..]);
        summary.AddPrefix(NameHash.KeyOfLower(key[..(1 + length)]), facts with { Cost = cost, Value = LabelValue.Of(prefix.TrimEnd((byte)'-')), Tool = 0 });
    }

    private static NameTraits TraitsOf(in VolumeItem item) =>
        (item.Type switch
        {
            DnsTypes.A => NameTraits.Address4,
            DnsTypes.Aaaa or DnsTypes.Https => NameTraits.Companion,
            _ => CarrierTypes.Contains(item.Type) ? NameTraits.CarrierType : NameTraits.None,
        }) | (item.IsNxDomain ? NameTraits.NxDomain : NameTraits.None);
}
