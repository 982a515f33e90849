using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Volume;
using DnsTunnel.Wire;

namespace DnsTunnel.Measurement;

/// <summary>Replays one capture in the order of time to a set of rules.</summary>
internal sealed class CaptureReplay : IQuerySink
{
    /// <summary>A longer silence counts as so much: captures are joined from pieces that lie years apart.</summary>
    private const long MaxSilence = TimeSpan.TicksPerHour;

    private readonly ManifestEntry _entry;
    private readonly (string Name, IRule Rule, RuleHits Hits)[] _rules;
    private readonly QueryOrder _order;
    private readonly DomainTable _domains = new(exceptions: null);
    private readonly ClientTable _clients = new();
    private readonly HashSet<int> _tunnel;
    private readonly HashSet<int> _others = [];
    private readonly TunnelProgress _progress = new();
    private readonly byte[] _lower = new byte[DnsName.MaxWireLength];
    private long _queries;
    private long _first;
    private long _last;
    private long _active;

    /// <param name="entry">What is known of the capture.</param>
    /// <param name="rules">Of <see cref="RuleNames"/>.</param>
    /// <param name="model">Of the detector of this project.</param>
    /// <param name="threshold">The score from which on the detector of this project finds a tunnel.</param>
    /// <param name="cancellation">Ends the work of rules.</param>
    public CaptureReplay(ManifestEntry entry, IEnumerable<string> rules, TunnelModel model, double threshold, CancellationToken cancellation)
    {
        _entry = entry;
        _order = new QueryOrder(Replay);
        _tunnel = [.. entry.Domains.Select(DomainOf)];
        var context = new RuleContext(_clients, DomainOf, model, threshold, cancellation);
        _rules = [.. rules.Select(name => (name, new RuleHits())).Select(r => (r.name, RuleSet.Create(r.name, r.Item2, context), r.Item2))];
    }

    public void OnTransaction(in DnsTransaction transaction) => _order.Add(new HeldQuery
    {
        Ticks = transaction.Ticks,
        Client = _clients.Intern(transaction.Client, name: null),
        Name = transaction.Name.ToArray(),
        Type = transaction.Type,
        ServerPort = transaction.ServerPort,
        IsNxDomain = transaction.ResponseCode == DnsCodes.NxDomain,
        QuerySize = transaction.QuerySize,
        ResponseSize = transaction.ResponseSize,
        Answer = AnswerData.Of(transaction),
    });

    public void OnQuery(DnsQuery query)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        if (!DnsName.TryParse(query.QueryName, wire, out var length)) return;
        _ = DnsTypes.TryParse(query.QueryType, out var type);
        _order.Add(new HeldQuery
        {
            Ticks = query.Timestamp.Ticks,
            Client = _clients.Intern(query.ClientAddress ?? query.HostName),
            Name = wire[..length].ToArray(),
            Type = type,
            ServerPort = (ushort)query.ServerPort,
            IsNxDomain = string.Equals(query.ResponseCode, DnsCodes.ResponseName(DnsCodes.NxDomain), StringComparison.OrdinalIgnoreCase),
            QuerySize = query.QuerySize,
            ResponseSize = query.ResponseSize,
            Answer = AnswerData.Of(query, type),
        });
    }

    /// <summary>Ends the replay, and gives what each rule made of the capture.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public List<DnsTunnelMeasurement> Complete()
    {
        _order.Complete();
        var end = new Moment(_last, _progress.Queries, _progress.Bytes);
        var measurements = new List<DnsTunnelMeasurement>();
        foreach (var (name, rule, hits) in _rules)
        {
            rule.Complete(end);
            measurements.Add(Measure(name, hits));
        }

        return measurements;
    }

    private void Replay(HeldQuery held)
    {
        var lower = _lower.AsSpan(0, held.Name.Length);
        DnsName.ToLower(held.Name, lower);
        var offset = PublicSuffixList.Default.RegisteredDomainOffset(lower);
        if (offset < 0) offset = lower.Length - 1;
        var domain = _domains.Intern(lower[offset..]);
        var query = new RuleQuery
        {
            Before = new Moment(held.Ticks, _progress.Queries, _progress.Bytes),
            Client = held.Client,
            Name = held.Name,
            Lower = lower,
            Hash = NameHash.OfLower(lower),
            DomainOffset = offset,
            Domain = domain,
            IsTunnel = _tunnel.Contains(domain),
            Type = held.Type,
            ServerPort = held.ServerPort,
            IsNxDomain = held.IsNxDomain,
            QuerySize = held.QuerySize,
            ResponseSize = held.ResponseSize,
            Answer = held.Answer,
        };
        foreach (var (_, rule, _) in _rules) rule.Add(query);
        if (query.IsTunnel) _progress.Add(query);
        else _others.Add(domain);
        if (_queries == 0) _first = _last = held.Ticks;
        _active += Math.Clamp(held.Ticks - _last, 0, MaxSilence);
        _last = Math.Max(_last, held.Ticks);
        _queries++;
    }

    private int DomainOf(string domain)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        Span<byte> lower = stackalloc byte[DnsName.MaxWireLength];
        if (!DnsName.TryParse(domain, wire, out var length)) throw new ArgumentException("it is not a domain name", nameof(domain));
        DnsName.ToLower(wire[..length], lower);
        return _domains.Intern(lower[..length]);
    }

    private DnsTunnelMeasurement Measure(string rule, RuleHits hits)
    {
        var found = hits.First.Where(h => _tunnel.Contains(h.Key)).OrderBy(h => h.Value.Queries).ThenBy(h => h.Value.Ticks).Select(h => (Moment?)h.Value).FirstOrDefault();
        var others = hits.First.Keys.Where(d => !_tunnel.Contains(d)).Select(d => _domains[d]).Order(StringComparer.Ordinal).ToArray();
        var isJudged = _entry.Label != DnsTunnelLabel.Unlabelled;
        return new DnsTunnelMeasurement
        {
            Path = _entry.Path,
            Label = _entry.Label,
            Tool = _entry.Tool,
            Group = _entry.Group,
            Rate = _entry.Rate,
            PayloadBytes = _entry.PayloadBytes,
            Domains = _entry.Domains,
            Rule = rule,
            Found = _tunnel.Count == 0 ? null : found is not null,
            Score = hits.Scores.Where(s => _tunnel.Contains(s.Key)).Select(s => (double?)s.Value).Max(),
            QueriesBefore = found?.Queries,
            BytesBefore = found?.Bytes,
            SecondsBefore = found is { } moment ? TimeSpan.FromTicks(moment.Ticks - (_progress.FirstTicks ?? moment.Ticks)).TotalSeconds : null,
            TunnelQueries = _progress.Queries,
            TunnelBytes = _progress.Bytes,
            QueryCount = _queries,
            Duration = TimeSpan.FromTicks(_last - _first),
            ActiveTicks = _active,
            FalseDomains = isJudged ? others : [],
            UnjudgedDomains = isJudged ? [] : others,
            OtherDomainCount = isJudged ? _others.Count : 0,
            OtherScores = isJudged ? [.. hits.Scores.Where(s => !_tunnel.Contains(s.Key)).Select(s => s.Value)] : [],
        };
    }
}
