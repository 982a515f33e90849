namespace DnsTunnel.Logs;

/// <summary>What a log does not say of itself.</summary>
internal sealed record DnsLogOptions
{
    /// <summary>The format; null to find it out by the content.</summary>
    public DnsLogFormat? Format { get; init; }

    /// <summary>The zone of times that come without one. Servers write local time, and most servers run on UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// When the log was last written: the year of times that have none is chosen so that they do not lie after it, and lines without
    /// a time get it. Null for the time that the file system tells, or now.
    /// </summary>
    public DateTime? LastWritten { get; init; }

    /// <summary>The name that queries and statistics bear; null for the path.</summary>
    public string? Source { get; init; }
}
