using System.Net;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Evidence;

/// <summary>Gathers, in one pass over the source, what the evidence of all findings needs.</summary>
internal sealed class EvidenceCollector
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    private readonly SubjectTally[] _tallies;
    private readonly Dictionary<string, SubjectTally[]> _byDomain;
    private readonly VolumeAggregator _aggregator;
    private readonly VolumeCounter _counter;
    private readonly AnswerTable _answers = new();
    private readonly byte[] _wire = new byte[DnsName.MaxWireLength];
    private readonly byte[] _lower = new byte[DnsName.MaxWireLength];

    /// <param name="subjects">The findings.</param>
    /// <param name="exceptions">Names that are expected.</param>
    public EvidenceCollector(IEnumerable<EvidenceSubject> subjects, ExceptionList exceptions)
    {
        _tallies = [.. subjects.Select(subject => new SubjectTally(subject))];
        _byDomain = _tallies
            .SelectMany(tally => tally.Subject.RelatedDomains.Prepend(tally.Subject.Domain), (tally, domain) => (tally, domain))
            .GroupBy(pair => pair.domain, pair => pair.tally, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        Window = Interval.For(_tallies.Select(tally => tally.Subject));
        _aggregator = new VolumeAggregator(PublicSuffixList.Default, Window, byClient: true, s_longest, exceptions);
        _counter = new VolumeCounter(_aggregator);
    }

    public IReadOnlyList<SubjectTally> Tallies => _tallies;

    /// <summary>How long the intervals of a timeline are.</summary>
    public TimeSpan Window { get; }

    /// <summary>Traffic other than DNS, for sources that have it.</summary>
    public ConnectionTally Connections { get; } = new();

    /// <exception cref="FormatException">The name of the query is no domain name.</exception>
    public void Add(DnsQuery query)
    {
        _counter.Add(query);
        if (!DnsName.TryParse(query.QueryName, _wire, out var length)) return;
        var wire = _wire.AsSpan(0, length);
        var lower = _lower.AsSpan(0, length);
        DnsName.ToLower(wire, lower);
        var offset = PublicSuffixList.Default.RegisteredDomainOffset(lower);
        if (offset < 0) offset = length - 1;
        var domain = DnsName.ToText(lower[offset..]);

        var addresses = query.Answers.Select(answer => IPAddress.TryParse(answer, out var address) ? address : null).OfType<IPAddress>().ToArray();
        foreach (var address in addresses) _answers.Add(domain, address);
        foreach (var tally in _byDomain.GetValueOrDefault(domain) ?? [])
        {
            if (tally.Subject.Covers(domain, query.ClientAddress ?? query.HostName)) tally.Add(query, wire, lower, offset, addresses);
        }
    }

    /// <summary>What a store tells, which counts by itself and gave the queries of the findings alone.</summary>
    /// <param name="windows">The volumes of each interval.</param>
    /// <param name="answers">Which domains were answered with the addresses of the findings.</param>
    public EvidenceSource Complete(IReadOnlyList<DomainVolume[]> windows, IEnumerable<(string Domain, IPAddress Address)> answers)
    {
        foreach (var (domain, address) in answers) _answers.Add(domain, address);
        return new(windows, _answers, Connections, [], IsLiteral: false);
    }

    /// <summary>What the source as a whole tells; call at its end.</summary>
    /// <param name="paths">As the user gave them; none when queries came as objects.</param>
    /// <param name="isLiteral">Whether wildcard characters in them stand for themselves.</param>
    public EvidenceSource Complete(string[] paths, bool isLiteral) => new([.. _aggregator.GetWindows()], _answers, Connections, paths, isLiteral);
}
