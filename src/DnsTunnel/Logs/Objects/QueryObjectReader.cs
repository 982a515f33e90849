using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using DnsTunnel.Logs.Formats;

namespace DnsTunnel.Logs.Objects;

/// <summary>Reads queries from objects whose properties <see cref="NamedFields"/> knows: rows of tables, decoded JSON, events.</summary>
internal sealed class QueryObjectReader
{
    // Objects of one source have the same names over and over; what has ever new ones must not fill memory.
    private const int MaxNames = 1 << 12;

    private readonly Dictionary<string, int> _ranks = new(StringComparer.Ordinal);
    private readonly LogContext _context;
    private readonly QueryDraft _draft;
    private readonly EventXmlParser _events;
    private byte[] _text = new byte[256];

    /// <param name="zone">The zone of times that come without one.</param>
    public QueryObjectReader(TimeZoneInfo zone)
    {
        _context = new LogContext(null, new LogClock(zone, DateTime.UtcNow), Statistics);
        _draft = new QueryDraft(_context);
        _events = new EventXmlParser(_context);
    }

    /// <summary>What was read so far; a line is an object.</summary>
    public ObjectStatistics Statistics { get; } = new();

    /// <summary>Whether a property of this name means something for a query.</summary>
    public bool Knows(string name) => Rank(name) >= 0;

    /// <summary>Reads the properties of an object, nested ones with their path (dns.question.name).</summary>
    /// <param name="properties">Names and values: text, numbers, times, or lists of them.</param>
    /// <param name="isCertain">Whether the object has a name that only queries have; else it may be a file or anything else.</param>
    /// <returns>Query: <see cref="Take"/> makes it. NoQuery: it has no query name, or nothing else that a query has.</returns>
    public LogLineStatus Read(IEnumerable<KeyValuePair<string, object?>> properties, out bool isCertain)
    {
        _draft.Clear();
        isCertain = false;
        var hasCompany = false;
        var status = LogLineStatus.Query;
        foreach (var (name, value) in properties)
        {
            var rank = value is null ? -1 : Rank(name);
            if (rank < 0) continue;
            var field = NamedFields.Map[rank];
            isCertain |= NamedFields.NamesQuery(name, field);
            hasCompany |= field is LogField.Time or LogField.UtcTime or LogField.ClientAddress or LogField.Type;
            if (_draft.Claim(field, rank) && Set(field, value!) is not LogLineStatus.Query and var set) status = set;
        }
        if (status != LogLineStatus.Query) return status;
        return _draft.Name is not null && (isCertain || hasCompany) ? LogLineStatus.Query : LogLineStatus.NoQuery;
    }

    /// <summary>The query that was read.</summary>
    public DnsQuery Take()
    {
        Count(LogLineStatus.Query);
        Add();
        return _context.Ready.Dequeue();
    }

    /// <summary>Puts the query that was read with those that <see cref="TryTake"/> gives.</summary>
    public void Add() => _context.Emit(_draft);

    /// <summary>Reads an event of Windows as XML. What it tells, and what waited for it, comes from <see cref="TryTake"/>.</summary>
    public LogLineStatus ReadEvent(string xml) => Count(_events.Parse(Encoding.UTF8.GetBytes(xml)));

    /// <summary>The next query of events that is complete; false when there is none.</summary>
    public bool TryTake([NotNullWhen(true)] out DnsQuery? query) => _context.Ready.TryDequeue(out query);

    /// <summary>Gives up waiting for the responses to queries of events; call at the end, before the last of <see cref="TryTake"/>.</summary>
    public void Complete() => _events.Complete();

    /// <summary>Counts an object that is none.</summary>
    public LogLineStatus Count(LogLineStatus status)
    {
        Statistics.CountLine(status);
        return status;
    }

    private int Rank(string name)
    {
        if (_ranks.TryGetValue(name, out var rank)) return rank;
        if (_ranks.Count >= MaxNames) _ranks.Clear();
        return _ranks[name] = NamedFields.Map.FindLoose(name);
    }

    private LogLineStatus Set(LogField field, object value) => value switch
    {
        string text => SetText(field, text),
        DateTime time when field is LogField.Time => _draft.SetTime(time),
        DateTime time when field is LogField.UtcTime => _draft.SetTime(new DateTime(time.Ticks, DateTimeKind.Utc)),
        DateTimeOffset time when field is LogField.Time or LogField.UtcTime => _draft.SetTime(time.UtcDateTime),
        IEnumerable list => SetAll(field, list),
        // Nothing that reads numbers knows exponents.
        double number => SetText(field, number.ToString("0.#########", CultureInfo.InvariantCulture)),
        IFormattable number => SetText(field, number.ToString(null, CultureInfo.InvariantCulture)),
        _ => SetText(field, value.ToString() ?? string.Empty),
    };

    /// <summary>Only answers can be several; of anything else the last counts.</summary>
    private LogLineStatus SetAll(LogField field, IEnumerable values)
    {
        var status = LogLineStatus.Query;
        foreach (var value in values)
        {
            // A list of lists is data of another kind; strings are not taken apart into characters.
            if (value is not (null or (IEnumerable and not string)) && Set(field, value) is not LogLineStatus.Query and var set) status = set;
        }
        return status;
    }

    private LogLineStatus SetText(LogField field, string text)
    {
        if (string.IsNullOrEmpty(text)) return LogLineStatus.Query;
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < longest) _text = new byte[longest];
        return NamedFields.Set(_draft, field, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }
}
