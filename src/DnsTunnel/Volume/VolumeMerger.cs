namespace DnsTunnel.Volume;

/// <summary>Puts together volumes of the same window, domain and client that were counted apart.</summary>
internal static class VolumeMerger
{
    /// <summary>
    /// The volumes of each window, one a domain and client. Names that parts share are counted once a part, for volumes do not say
    /// which names they hold: the sums are upper bounds. Counting everything in one go is exact.
    /// </summary>
    public static IEnumerable<DomainVolume[]> Merge(IEnumerable<DomainVolume> volumes) => volumes
        .GroupBy(v => (v.WindowStart, v.WindowEnd))
        .OrderBy(window => window.Key)
        .Select(window => window.GroupBy(v => (v.Domain, v.Client), (_, parts) => Merge([.. parts])).ToArray());

    private static DomainVolume Merge(DomainVolume[] parts)
    {
        if (parts.Length == 1) return parts[0];
        var types = default(TypeCounts);
        foreach (var part in parts) types.Merge(part.Types);
        return new DomainVolume
        {
            WindowStart = parts[0].WindowStart,
            WindowEnd = parts[0].WindowEnd,
            Domain = parts[0].Domain,
            Client = parts[0].Client,
            QueryCount = parts.Sum(p => p.QueryCount),
            UniqueNames = parts.Sum(p => p.UniqueNames),
            UniqueNameBytes = parts.Sum(p => p.UniqueNameBytes),
            InformationBytes = parts.Sum(p => p.InformationBytes),
            ClientCount = parts[0].Client is null ? parts.Max(p => p.ClientCount) : 1,
            NxDomainCount = parts.Sum(p => p.NxDomainCount),
            MaxNameLength = parts.Max(p => p.MaxNameLength),
            QueryBytes = parts.Sum(p => p.QueryBytes),
            ResponseBytes = parts.Sum(p => p.ResponseBytes),
            FirstSeen = parts.Min(p => p.FirstSeen),
            LastSeen = parts.Max(p => p.LastSeen),
            Types = types,
            HasFreeNames = parts.Any(p => p.HasFreeNames),
        };
    }
}
