namespace DnsTunnel;

/// <summary>What the history knows of a registered domain.</summary>
public sealed class DnsDomainHistory
{
    /// <summary>The registered domain in lower case.</summary>
    public string Domain { get; init; } = ".";

    /// <summary>Time of its first query, UTC.</summary>
    public DateTime FirstSeen { get; init; }

    /// <summary>Time of its last query, UTC.</summary>
    public DateTime LastSeen { get; init; }

    /// <summary>The days on which it was asked for, in order of time, the last 400.</summary>
    public DnsDomainHistoryDay[] Days { get; init; } = [];

    /// <summary>How many days these are.</summary>
    public int DayCount => Days.Length;

    /// <summary>Transactions of these days.</summary>
    public long QueryCount => Days.Sum(day => day.QueryCount);

    /// <summary>Bytes of information of these days.</summary>
    public long InformationBytes => Days.Sum(day => day.InformationBytes);

    /// <summary>The findings for it.</summary>
    public DnsTunnelFindingHistory[] Findings { get; init; } = [];

    /// <summary>What was done about it: actions of the response journal on the domain, and on the clients of its findings.</summary>
    public DnsTunnelResponse[] Responses { get; internal set; } = [];

    /// <summary>The file.</summary>
    public string HistoryPath { get; init; } = "";

    /// <summary>All of it in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"first seen {FirstSeen:yyyy-MM-dd HH:mm:ss}, last {LastSeen:yyyy-MM-dd HH:mm:ss}, on {DayCount:N0} days; {QueryCount:N0} queries, {InformationBytes:N0} bytes of information");
}
