using DnsTunnel.Logs;

namespace DnsTunnel;

/// <summary>What a log held and what of it could not be read; counted while it is read.</summary>
public class LogStatistics : SourceStatistics
{
    private const int KeptErrors = 10;

    private readonly long[] _bad = new long[Enum.GetValues<LogLineStatus>().Length];
    private readonly List<LogLineError> _firstBad = [];

    private long _queries;

    internal LogStatistics()
    {
    }

    /// <inheritdoc/>
    public override long Queries => _queries;

    /// <summary>The name of the format that it is read as.</summary>
    public string? Format { get; internal set; }

    /// <summary>Lines read; for XML, events.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines with another subject than DNS queries.</summary>
    public long SkippedLines { get; internal set; }

    /// <summary>Queries whose name the log has not written in full (dnsmasq, Unbound): the bytes that tell a tunnel are lost.</summary>
    public long LossyNames { get; internal set; }

    /// <summary>Queries whose line has no time; they have the time of the file.</summary>
    public long UntimedQueries { get; internal set; }

    /// <summary>Answers to no query in this source.</summary>
    public long UnmatchedAnswers { get; internal set; }

    /// <summary>Lines that could not be read.</summary>
    public long BadLines => _bad.Sum();

    /// <summary>Lines that could not be read, by cause.</summary>
    public IReadOnlyDictionary<string, long> BadLinesByCause =>
        Enum.GetValues<LogLineStatus>().Where(s => _bad[(int)s] > 0).ToDictionary(s => s.ToString(), s => _bad[(int)s]);

    /// <summary>The first ten lines that could not be read.</summary>
    public IReadOnlyList<LogLineError> FirstBad => _firstBad;

    private protected override (long Count, string Name) Items => (Lines, "lines");

    private protected override IEnumerable<string> GetWarnings()
    {
        foreach (var warning in base.GetWarnings()) yield return warning;
        if (BadLines > 0)
        {
            var first = string.Join("; ", FirstBad.Select(b => FormattableString.Invariant($"line {b.Line:N0}: {b.Cause}")));
            yield return FormattableString.Invariant($"{BadLines:N0} lines could not be read and were left out. The first: {first}.");
        }

        if (LossyNames > 0)
        {
            yield return FormattableString.Invariant($"{LossyNames:N0} of {Queries:N0} query names had bytes that a {Format} log does not show, so what tells a tunnel may be lost. A packet capture has them in full; dnsmasq writes one itself with dumpfile.");
        }

        if (UntimedQueries > 0)
        {
            yield return FormattableString.Invariant($"{UntimedQueries:N0} of {Queries:N0} queries have no time in the log and got that of the file, so windows and rates mean nothing. Export it with a time before each line: kubectl logs --timestamps, docker logs --timestamps, journalctl -o short-iso.");
        }
    }

    /// <summary>All numbers in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Format} log, {Lines:N0} lines, {Queries:N0} queries ({LossyNames:N0} with names the log has not in full, {UntimedQueries:N0} without a time), {SkippedLines:N0} lines of other subjects, {BadLines:N0} unreadable lines, {UnmatchedAnswers:N0} answers to no query");

    internal void CountLine(LogLineStatus status)
    {
        Lines++;
        if (status == LogLineStatus.Query) return;
        if (status == LogLineStatus.NoQuery)
        {
            SkippedLines++;
            return;
        }
        _bad[(int)status]++;
        if (_firstBad.Count < KeptErrors) _firstBad.Add(new LogLineError(Lines, Describe(status)));
    }

    internal void CountQuery(DateTime time)
    {
        _queries++;
        if (FirstSeen is null || time < FirstSeen) FirstSeen = time;
        if (LastSeen is null || time > LastSeen) LastSeen = time;
    }

    internal static string Describe(LogLineStatus status) => status switch
    {
        LogLineStatus.TooLong => "the line is longer than 512 KiB",
        LogLineStatus.BadTime => "its time cannot be read",
        LogLineStatus.BadName => "its query name is not a domain name",
        _ => "it does not have the shape of its format",
    };
}
