using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>
/// Whole domain names within others: block lists are asked for www.example.com.list.example, and resolvers that try a search list
/// for www.example.com.corp.example.
/// </summary>
internal static class NestedName
{
    /// <summary>Whether another domain's name stands left of the registered domain, or left of a top-level domain that is nobody's.</summary>
    public static bool IsIn(PublicSuffixList suffixes, ReadOnlySpan<byte> lower, int domainOffset)
    {
        var (before, last) = LastTwo(lower[..domainOffset]);
        if (before >= 0 && suffixes.HasTopLevel(Label(lower, last)) && IsWord(Label(lower, before))) return true;

        // www.example.com.localdomain: "com.localdomain" was taken for the registered domain.
        var top = domainOffset + 1 + lower[domainOffset];
        return last >= 0 && top < lower.Length - 1 && !suffixes.HasTopLevel(Label(lower, top)) && suffixes.HasTopLevel(Label(lower, domainOffset));
    }

    private static bool IsWord(ReadOnlySpan<byte> label)
    {
        LabelCode.Cost(label, out var kind);
        return kind is LabelKind.Word or LabelKind.Common;
    }

    private static ReadOnlySpan<byte> Label(ReadOnlySpan<byte> wire, int offset) => wire.Slice(offset + 1, wire[offset]);

    private static (int Before, int Last) LastTwo(ReadOnlySpan<byte> labels)
    {
        var (before, last) = (-1, -1);
        for (var offset = 0; offset < labels.Length; offset += 1 + labels[offset]) (before, last) = (last, offset);
        return (before, last);
    }
}
