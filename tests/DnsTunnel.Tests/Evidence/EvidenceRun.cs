using DnsTunnel.Evidence;
using DnsTunnel.Exceptions;
using DnsTunnel.Tests.Detection;

namespace DnsTunnel.Tests.Evidence;

/// <summary>Makes evidence of captures and of queries made by hand.</summary>
internal static class EvidenceRun
{
    public static DnsTunnelEvidence[] Of(params string[] captures) => Of(captures.SelectMany(CaptureRun.Queries), [.. CaptureRun.Findings(captures).Select(SubjectOf)], captures);

    public static DnsTunnelEvidence[] Of(
        IEnumerable<DnsQuery> queries, EvidenceSubject[] subjects, string[]? paths = null, IReadOnlyDictionary<EvidenceSubject, DnsTunnelDelegation>? delegations = null)
    {
        var collector = new EvidenceCollector(subjects, ExceptionList.BuiltIn);
        foreach (var query in queries) collector.Add(query);
        var maker = new EvidenceMaker(collector.Complete(paths ?? [], isLiteral: true), subjects, ExceptionList.BuiltIn, maxSamples: 10);
        return [.. collector.Tallies.Select(tally => maker.Make(tally, delegations ?? new Dictionary<EvidenceSubject, DnsTunnelDelegation>(), history: null))];
    }

    private static EvidenceSubject SubjectOf(DnsTunnelFinding finding) => new(finding.Domain)
    {
        Client = finding.Client,
        IsTunnel = finding.IsTunnel,
        Score = finding.Score,
        Reasons = finding.Reasons,
        Tool = finding.Tool,
        FirstSeen = finding.FirstSeen,
        LastSeen = finding.LastSeen,
    };
}
