using DnsTunnel.Logs;

namespace DnsTunnel;

/// <summary>What a log held and what of it could not be read; counted while it is read.</summary>
public sealed class LogStatistics
{
    private const int KeptErrors = 10;

    private readonly long[] _bad = new long[Enum.GetValues<LogLineStatus>().Length];
    private readonly List<LogLineError> _firstBad = [];

    /// <summary>The file.</summary>
    public string? Source { get; init; }

    /// <summary>The name of the format that it is read as.</summary>
    public string? Format { get; internal set; }

    /// <summary>Lines read; for XML, events.</summary>
    public long Lines { get; internal set; }

    /// <summary>Queries emitted.</summary>
    public long Queries { get; internal set; }

    /// <summary>Lines with another subject than DNS queries.</summary>
    public long SkippedLines { get; internal set; }

    /// <summary>Queries whose name the log has not written in full (dnsmasq, Unbound): the bytes that tell a tunnel are lost.</summary>
    public long LossyNames { get; internal set; }

    /// <summary>Queries whose line has no time; they have the time of the file.</summary>
    public long UntimedQueries { get; internal set; }

    /// <summary>Answers to no query in this source.</summary>
    public long UnmatchedAnswers { get; internal set; }

    /// <summary>Time of the earliest query, UTC; null when there was none.</summary>
    public DateTime? FirstQuery { get; private set; }

    /// <summary>Time of the latest query, UTC; null when there was none.</summary>
    public DateTime? LastQuery { get; private set; }

    /// <summary>Lines that could not be read.</summary>
    public long BadLines => _bad.Sum();

    /// <summary>Lines that could not be read, by cause.</summary>
    public IReadOnlyDictionary<string, long> BadLinesByCause =>
        Enum.GetValues<LogLineStatus>().Where(s => _bad[(int)s] > 0).ToDictionary(s => s.ToString(), s => _bad[(int)s]);

    /// <summary>The first ten lines that could not be read.</summary>
    public IReadOnlyList<LogLineError> FirstBad => _firstBad;

    /// <summary>What a user must know of what could not be read: sentences.</summary>
    internal IEnumerable<string> Warnings
    {
        get
        {
            if (Queries == 0) yield return $"No DNS query in it: {this}.";
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
        Queries++;
        if (FirstQuery is null || time < FirstQuery) FirstQuery = time;
        if (LastQuery is null || time > LastQuery) LastQuery = time;
    }

    internal static string Describe(LogLineStatus status) => status switch
    {
        LogLineStatus.TooLong => "the line is longer than 512 KiB",
        LogLineStatus.BadTime => "its time cannot be read",
        LogLineStatus.BadName => "its query name is not a domain name",
        _ => "it does not have the shape of its format",
    };
}
