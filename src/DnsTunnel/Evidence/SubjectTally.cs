using System.Net;
using DnsTunnel.Evidence.Payload;
using DnsTunnel.Names;

namespace DnsTunnel.Evidence;

/// <summary>Counts what was asked of the domains of one finding. All tables are bounded: an attacker writes what is counted.</summary>
internal sealed class SubjectTally(EvidenceSubject subject)
{
    /// <summary>Enough to put together a file of 400 KB, and 1 MB of memory.</summary>
    private const int MaxNames = 4096;
    private const int MaxEntries = 4096;
    private const string Others = "(others)";

    private readonly HashSet<ulong> _hashes = [];
    private readonly List<EvidenceName> _names = [];
    private readonly Dictionary<(string? Client, string? Host, int? Id, string? Name, string? Path, string? User), (long Count, DateTime First, DateTime Last)> _talkers = [];
    private readonly HashSet<IPAddress> _addresses = [];

    public EvidenceSubject Subject => subject;

    public long QueryCount { get; private set; }

    public DateTime FirstSeen { get; private set; } = DateTime.MaxValue;

    public DateTime LastSeen { get; private set; } = DateTime.MinValue;

    /// <summary>The first distinct names, in the order in which they came.</summary>
    public IReadOnlyList<EvidenceName> Names => _names;

    public IReadOnlyCollection<IPAddress> Addresses => _addresses;

    public Dictionary<string, long> QueryTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> ResponseCodes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>As the source wrote them, which no terminal should see.</summary>
    public IEnumerable<DnsTunnelTalker> Talkers => _talkers.Select(talker => new DnsTunnelTalker
    {
        Client = talker.Key.Client,
        HostName = talker.Key.Host,
        ProcessId = talker.Key.Id,
        ProcessName = talker.Key.Name,
        ProcessPath = talker.Key.Path,
        UserName = talker.Key.User,
        QueryCount = talker.Value.Count,
        FirstSeen = talker.Value.First,
        LastSeen = talker.Value.Last,
    });

    public void Add(DnsQuery query, ReadOnlySpan<byte> wire, ReadOnlySpan<byte> lower, int domainOffset, IPAddress[] addresses)
    {
        var time = query.Timestamp.Kind == DateTimeKind.Local ? query.Timestamp.ToUniversalTime() : query.Timestamp;
        QueryCount++;
        if (time < FirstSeen) FirstSeen = time;
        if (time > LastSeen) LastSeen = time;
        Count(QueryTypes, query.QueryType.Length == 0 ? "not told" : Printable.Text(query.QueryType));
        Count(ResponseCodes, query.ResponseCode is null ? "none" : Printable.Text(query.ResponseCode));
        foreach (var answer in query.Answers) Count(Answers, Printable.Text(answer));
        foreach (var address in addresses)
        {
            if (_addresses.Count < MaxEntries) _addresses.Add(address);
        }

        CountTalker(query, time);
        if (domainOffset == 0 || _names.Count == MaxNames || !_hashes.Add(NameHash.OfLower(lower))) return;
        _ = Wire.DnsTypes.TryParse(query.QueryType, out var type);
        _names.Add(new EvidenceName(wire.ToArray(), domainOffset, type, time));
    }

    private void CountTalker(DnsQuery query, DateTime time)
    {
        var key = (Text(query.ClientAddress), Text(query.HostName), query.ProcessId, Text(query.ProcessName), Text(query.ProcessPath), Text(query.UserName));
        var (count, first, last) = _talkers.GetValueOrDefault(key, (0, time, time));
        if (count == 0 && _talkers.Count == MaxEntries) return;
        _talkers[key] = (count + 1, time < first ? time : first, time > last ? time : last);
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static void Count(Dictionary<string, long> counts, string key)
    {
        if (counts.Count == MaxEntries && !counts.ContainsKey(key)) key = Others;
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
