namespace DnsTunnel.Evidence.Payload;

/// <summary>Finds the labels that belong to a tunnel's zone and not to its data: t of data.t.tunnel.example.</summary>
internal static class ZoneLabels
{
    private const double Share = 0.9;

    /// <summary>How many labels before the registered domain nearly all names end with; each keeps at least one.</summary>
    public static int CommonCount(IReadOnlyList<EvidenceName> names)
    {
        var rest = names.Select(Split).Where(labels => labels.Length > 1).ToList();
        for (var count = 0; ; count++)
        {
            var longer = rest.Where(labels => labels.Length > count + 1).ToList();
            var common = longer.GroupBy(labels => labels[^(count + 1)], StringComparer.OrdinalIgnoreCase).MaxBy(group => group.Count());
            // Two names alike say nothing.
            if (common is null || common.Count() < 3 || common.Count() < Share * rest.Count) return count;
            rest = [.. common];
        }
    }

    /// <summary>The labels without the last so many, in wire form; empty for names of the zone itself.</summary>
    public static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> labels, int count)
    {
        var kept = Count(labels) - count;
        var length = 0;
        for (; kept > 0; kept--) length += 1 + labels[length];
        return labels[..length];
    }

    /// <summary>The zone of these names, in wire form.</summary>
    public static ReadOnlySpan<byte> ZoneOf(IReadOnlyList<EvidenceName> names)
    {
        if (names.Count == 0) return default;
        var count = CommonCount(names);
        // One of the names that have labels before the zone; the others are the zone itself.
        var name = names.MaxBy(n => Count(n.Labels))!;
        return name.Wire.AsSpan(Without(name.Labels, count).Length);
    }

    /// <summary>The labels joined, without their lengths.</summary>
    public static byte[] Join(ReadOnlySpan<byte> labels)
    {
        var text = new byte[labels.Length];
        var length = 0;
        for (; !labels.IsEmpty; labels = labels[(1 + labels[0])..])
        {
            labels.Slice(1, labels[0]).CopyTo(text.AsSpan(length));
            length += labels[0];
        }

        return text[..length];
    }

    private static int Count(ReadOnlySpan<byte> labels)
    {
        var count = 0;
        for (; !labels.IsEmpty; labels = labels[(1 + labels[0])..]) count++;
        return count;
    }

    private static string[] Split(EvidenceName name)
    {
        var labels = new List<string>();
        for (var rest = name.Labels; !rest.IsEmpty; rest = rest[(1 + rest[0])..]) labels.Add(System.Text.Encoding.Latin1.GetString(rest.Slice(1, rest[0])));
        return [.. labels];
    }
}
