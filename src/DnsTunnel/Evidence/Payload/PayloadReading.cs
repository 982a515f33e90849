namespace DnsTunnel.Evidence.Payload;

/// <summary>What the names of a tunnel carry, read in the way of the tool they tell.</summary>
internal static class PayloadReading
{
    private const int MaxTexts = 20;
    private const int MaxBytes = 1 << 16;
    private const int SampleBytes = 32;

    /// <param name="names">In the order of time.</param>
    /// <param name="tool">That made them, where it is known.</param>
    /// <param name="maxSamples">How many names to show, evenly over all.</param>
    public static (DnsTunnelPayload Payload, DnsTunnelSample[] Samples) Read(IReadOnlyList<EvidenceName> names, string? tool, int maxSamples)
    {
        var zone = ZoneLabels.CommonCount(names);
        var labels = names.Select(name => ZoneLabels.Without(name.Labels, zone).ToArray()).ToList();
        foreach (var reader in Readers(labels, tool))
        {
            var parts = labels.Select(name => reader.Read(name)).ToList();
            var read = parts.Count(part => part is not null);
            if (read > 0 && read >= names.Count / 2) return (PayloadOf(reader, parts), Samples(names, parts, maxSamples));
        }

        return (new DnsTunnelPayload(), Samples(names, [.. names.Select(_ => (PayloadPart?)null)], maxSamples));
    }

    private static IEnumerable<IPayloadReader> Readers(List<byte[]> labels, string? tool)
    {
        switch (tool)
        {
            case "iodine":
                yield return new IodinePayload(labels.Select(name => ZoneLabels.Join(name)));
                break;
            case "dnscat2":
                yield return new Dnscat2Payload();
                break;
            case "dns2tcp":
                yield return new Dns2tcpPayload();
                break;
        }

        yield return new CodedPayload(labels);
    }

    private static DnsTunnelPayload PayloadOf(IPayloadReader reader, List<PayloadPart?> parts)
    {
        var content = reader.Content.ToArray();
        return new DnsTunnelPayload
        {
            Codec = parts.OfType<PayloadPart>().GroupBy(part => part.Codec).MaxBy(group => group.Sum(part => part.Data.Length))?.Key,
            Length = reader.Content.Length,
            Bytes = content[..Math.Min(content.Length, MaxBytes)],
            FileType = FileMagic.Find(content),
            Texts = PrintableRuns.Find(content, MaxTexts),
            Note = reader.Note,
        };
    }

    private static DnsTunnelSample[] Samples(IReadOnlyList<EvidenceName> names, List<PayloadPart?> parts, int max)
    {
        var count = Math.Min(max, names.Count);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * names.Count / count)).Select(i => Sample(names[i], parts[i]))];
    }

    private static DnsTunnelSample Sample(EvidenceName name, PayloadPart? part) => new()
    {
        Timestamp = name.Time,
        Name = name.Text,
        QueryType = Wire.DnsTypes.NameOf(name.Type),
        Codec = part?.Codec,
        Header = part?.Header,
        Length = part?.Data.Length ?? 0,
        Hex = part is null ? null : Convert.ToHexString(part.Data.AsSpan(0, Math.Min(part.Data.Length, SampleBytes))).ToLowerInvariant(),
        Text = part is null ? null : PrintableRuns.Dotted(part.Data.AsSpan(0, Math.Min(part.Data.Length, SampleBytes))),
    };
}
