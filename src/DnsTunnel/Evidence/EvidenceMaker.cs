using DnsTunnel.Evidence.Payload;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Tools;

namespace DnsTunnel.Evidence;

/// <summary>Makes the evidence of one finding of what was gathered.</summary>
internal sealed class EvidenceMaker(EvidenceSource source, IReadOnlyCollection<EvidenceSubject> findings, ExceptionList exceptions, int maxSamples)
{
    private const int MaxIntervals = 200;
    private const int MaxTalkers = 50;
    private const int MaxAnswers = 20;
    private const int MaxAddresses = 50;

    /// <summary>The zone in which nearly all names of a finding are.</summary>
    public static string ZoneOf(SubjectTally tally) =>
        ZoneLabels.ZoneOf(tally.Names) is { IsEmpty: false } zone ? DnsName.ToText(zone).ToLowerInvariant() : tally.Subject.Domain;

    /// <param name="tally">Of the finding.</param>
    /// <param name="delegations">What the name servers of each finding said; none when they were not asked.</param>
    /// <param name="history">What was known of the domain; null for nothing.</param>
    public DnsTunnelEvidence Make(SubjectTally tally, IReadOnlyDictionary<EvidenceSubject, DnsTunnelDelegation> delegations, DnsDomainHistory? history)
    {
        var subject = tally.Subject;
        var delegation = delegations.GetValueOrDefault(subject);
        var tool = ToolOf(tally) ?? subject.Tool;
        // Queries come in the order of their answers.
        var (payload, samples) = PayloadReading.Read([.. tally.Names.OrderBy(name => name.Time)], tool, maxSamples);
        var volumes = source.Windows.SelectMany(w => w).Where(v => subject.Covers(v.Domain, v.Client)).ToList();
        return new DnsTunnelEvidence
        {
            Domain = subject.Domain,
            RelatedDomains = subject.RelatedDomains,
            Zone = ZoneOf(tally),
            Client = subject.Client is null ? null : Printable.Text(subject.Client),
            IsTunnel = subject.IsTunnel,
            Score = subject.Score,
            Reasons = [.. subject.Reasons.Select(Printable.Text)],
            Tool = tool,
            QueryCount = tally.QueryCount,
            FirstSeen = tally.QueryCount == 0 ? null : tally.FirstSeen,
            LastSeen = tally.QueryCount == 0 ? null : tally.LastSeen,
            Timeline = [.. source.Windows.Select(window => IntervalOf(window, subject)).OfType<DnsTunnelEvidenceInterval>().Take(MaxIntervals)],
            Talkers = [.. tally.Talkers.OrderByDescending(t => t.QueryCount).Take(MaxTalkers).Select(Printed)],
            Samples = samples,
            Payload = payload,
            QueryTypes = Sorted(tally.QueryTypes, int.MaxValue),
            ResponseCodes = Sorted(tally.ResponseCodes, int.MaxValue),
            Answers = Sorted(tally.Answers, MaxAnswers),
            AnswerAddresses = [.. tally.Addresses.Take(MaxAddresses).Select(address => address.ToString())],
            Connections = source.Connections.Describe(tally.Addresses),
            Relations = RelationFinder.Find(tally, source, findings, delegations),
            Exceptions = ExceptionWeigher.Weigh(subject, tally.Names, volumes, payload, tool, exceptions),
            History = history,
            Delegation = delegation,
            NextSteps = NextSteps.Write(tally, source, delegation is not null),
        };
    }

    private static DnsTunnelEvidenceInterval? IntervalOf(DomainVolume[] window, EvidenceSubject subject)
    {
        var own = window.Where(v => subject.Covers(v.Domain, v.Client)).ToList();
        if (own.Count == 0) return null;
        var others = window.Where(v => !subject.Covers(v.Domain, v.Client)).Select(v => v.InformationBytes).Order().ToList();
        return new DnsTunnelEvidenceInterval
        {
            Start = window[0].WindowStart,
            QueryCount = own.Sum(v => v.QueryCount),
            UniqueNames = own.Sum(v => v.UniqueNames),
            InformationBytes = own.Sum(v => v.InformationBytes),
            Others = others.Count,
            OthersMedianBytes = others.Count == 0 ? 0 : others[others.Count / 2],
            OthersMaximumBytes = others.Count == 0 ? 0 : others[^1],
        };
    }

    private static string? ToolOf(SubjectTally tally)
    {
        var tools = new ToolTally();
        foreach (var name in tally.Names) tools.Add(tally.Subject.Domain, ToolTraits.Of(name.Labels, name.Type), 1);
        return tools.Tell()?.Tool;
    }

    private static DnsTunnelTalker Printed(DnsTunnelTalker talker) => new()
    {
        Client = Printed(talker.Client),
        HostName = Printed(talker.HostName),
        ProcessId = talker.ProcessId,
        ProcessName = Printed(talker.ProcessName),
        ProcessPath = Printed(talker.ProcessPath),
        UserName = Printed(talker.UserName),
        QueryCount = talker.QueryCount,
        FirstSeen = talker.FirstSeen,
        LastSeen = talker.LastSeen,
    };

    private static string? Printed(string? text) => text is null ? null : Printable.Text(text);

    /// <summary>A dictionary that nothing is removed from keeps its order.</summary>
    private static Dictionary<string, long> Sorted(Dictionary<string, long> counts, int max) => counts
        .OrderByDescending(c => c.Value)
        .ThenBy(c => c.Key, StringComparer.Ordinal)
        .Take(max)
        .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
}
