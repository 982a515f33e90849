namespace DnsTunnel;

/// <summary>The life of a finding.</summary>
public sealed class DnsTunnelFindingHistory
{
    /// <summary>The client; null for several.</summary>
    public string? Client { get; init; }

    /// <summary>Where it is in its life.</summary>
    public DnsTunnelFindingStatus Status { get; init; }

    /// <summary>Its first query, UTC.</summary>
    public DateTime FirstSeen { get; init; }

    /// <summary>Its last query, UTC.</summary>
    public DateTime LastSeen { get; init; }

    /// <summary>The highest score it had, 0 to 100.</summary>
    public double Score { get; init; }

    /// <summary>The most bytes that a run said can have left.</summary>
    public long BytesOut { get; init; }

    /// <summary>The tool; null when none was told.</summary>
    public string? Tool { get; init; }

    /// <summary>The exception that suppresses it, or that covered a part of its names; null when none does.</summary>
    public string? Exception { get; init; }

    /// <summary>The processes that asked in the last run that knew them.</summary>
    public string[] Processes { get; init; } = [];

    /// <summary>All of it in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Status} {Client ?? "several clients"}, score {Score}, {FirstSeen:yyyy-MM-dd HH:mm:ss} to {LastSeen:yyyy-MM-dd HH:mm:ss}, at most {BytesOut:N0} bytes out{(Exception is null ? "" : $", exception {Exception}")}");
}
