namespace DnsTunnel;

/// <summary>What a domain was asked on one day.</summary>
public sealed class DnsDomainHistoryDay
{
    /// <summary>The day, UTC.</summary>
    public DateTime Day { get; init; }

    /// <summary>Transactions.</summary>
    public long QueryCount { get; init; }

    /// <summary>Distinct names, those of each window added up: at most so many were different.</summary>
    public long UniqueNames { get; init; }

    /// <summary>Bytes of information that the names can carry, those of each window added up.</summary>
    public long InformationBytes { get; init; }

    /// <summary>Clients in the window with most of them.</summary>
    public long ClientCount { get; init; }

    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Day:yyyy-MM-dd}  {QueryCount,8:N0} queries  {UniqueNames,8:N0} names  {InformationBytes,9:N0} B  {ClientCount,5:N0} clients");
}
