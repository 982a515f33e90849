using DnsTunnel.Names;

namespace DnsTunnel.Logs;

/// <summary>What the parsers of one log share: its clock, its cache, and where queries go.</summary>
internal sealed class LogContext(string? source, LogClock clock, LogStatistics statistics)
{
    public string? Source => source;

    public LogClock Clock => clock;

    public LogStatistics Statistics => statistics;

    public TextCache Texts { get; } = new();

    public PublicSuffixList Suffixes { get; } = PublicSuffixList.Default;

    /// <summary>Where queries wait for their answers.</summary>
    public List<QueryJoiner> Joiners { get; } = [];

    /// <summary>Queries that are ready.</summary>
    public Queue<DnsQuery> Ready { get; } = [];

    public void Emit(QueryDraft draft)
    {
        var query = draft.ToQuery();
        statistics.CountQuery(query.Timestamp);
        Ready.Enqueue(query);
    }
}
