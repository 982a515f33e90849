using System.Globalization;

namespace DnsTunnel.ClickHouse;

/// <summary>The time of which queries are asked for.</summary>
/// <param name="Since">UTC.</param>
/// <param name="Until">UTC, exclusive.</param>
internal sealed record QueryRange(DateTime Since, DateTime Until)
{
    public static readonly QueryRange Always = new(DateTime.MinValue, DateTime.MaxValue);

    /// <summary>
    /// A condition of SQL. Next to the ticks, the timestamp lets the server leave out whole months, and the hour what lies elsewhere in
    /// the table. A range that excludes nothing has none: to test it takes a tenth of the time of counting.
    /// </summary>
    public string Condition => Since == DateTime.MinValue && Until == DateTime.MaxValue ? "1" : string.Create(CultureInfo.InvariantCulture,
        $"""
        ticks >= {Since.Ticks} AND ticks < {Until.Ticks}
            AND timestamp >= toDateTime({Seconds(Since)}) AND timestamp <= toDateTime({Seconds(Until)})
            AND hour >= {Hour(Since)} AND hour <= {Hour(Until)}
        """);

    /// <summary>What a DateTime of ClickHouse can be: 1970 to 2106.</summary>
    public static uint Seconds(DateTime time) => (uint)Math.Clamp((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond, 0, uint.MaxValue);

    private static uint Hour(DateTime time) => Seconds(time) / 3600;
}
