namespace DnsTunnel;

/// <summary>What a domain was asked in one interval of time, beside all other pairs of domain and client of the same traffic.</summary>
public sealed class DnsTunnelEvidenceInterval
{
    /// <summary>Start of the interval, UTC.</summary>
    public DateTime Start { get; init; }

    /// <summary>Transactions.</summary>
    public long QueryCount { get; init; }

    /// <summary>Distinct names.</summary>
    public long UniqueNames { get; init; }

    /// <summary>Bytes of information that these names can carry.</summary>
    public long InformationBytes { get; init; }

    /// <summary>How many other pairs of domain and client there were.</summary>
    public int Others { get; init; }

    /// <summary>Bytes of information of the median one of them.</summary>
    public long OthersMedianBytes { get; init; }

    /// <summary>Bytes of information of the greatest of them.</summary>
    public long OthersMaximumBytes { get; init; }

    /// <summary>Time, volume and population in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Start:yyyy-MM-dd HH:mm:ss} {QueryCount,6:N0} queries {InformationBytes,8:N0} B{(Others == 0 ? "" : $"; {Others:N0} others: median {OthersMedianBytes:N0}, most {OthersMaximumBytes:N0} B")}");
}
