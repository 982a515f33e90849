using System.Management.Automation;
using DnsTunnel.ClickHouse;
using DnsTunnel.Evidence;

namespace DnsTunnel.PowerShell;

/// <content>From queries that are kept on ClickHouse servers.</content>
public sealed partial class GetDnsTunnelEvidenceCommand
{
    private const string ClickHouseSet = "ClickHouse";

    private StoreArgument? _store;

    [Parameter(Mandatory = true, ParameterSetName = ClickHouseSet)]
    public Uri ClickHouse { get; set; } = null!;

    [Parameter(ParameterSetName = ClickHouseSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter(ParameterSetName = ClickHouseSet)]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _store?.Store.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Of the domains of all findings, from the first query of any to the last.</summary>
    private EvidenceSource ReadStore()
    {
        EvidenceSource? source = null;
        _store = new StoreArgument(this, ClickHouse, Credential, TrustedCertificate);
        _store.Attempt(() =>
        {
            var store = _store.Store;
            store.Check(StopToken);
            var range = RangeOf(_subjects);
            var domains = _subjects.SelectMany(s => s.RelatedDomains.Prepend(s.Domain)).Distinct(StringComparer.Ordinal);
            foreach (var query in store.Queries(domains, range, StopToken)) Collector.Add(query);
            var windows = store.Volumes(range, Collector.Window, byClient: true, int.MaxValue, StopToken).GroupBy(v => v.WindowStart, (_, window) => window.ToArray());
            source = Collector.Complete([.. windows], store.AnsweredWith(Collector.Tallies.SelectMany(t => t.Addresses).Distinct(), range, StopToken));
        });
        return source ?? Collector.Complete([], []);
    }

    private static QueryRange RangeOf(List<EvidenceSubject> subjects) => subjects.All(s => s is { FirstSeen: not null, LastSeen: not null })
        ? new QueryRange(subjects.Min(s => s.FirstSeen!.Value), subjects.Max(s => s.LastSeen!.Value).AddTicks(1))
        : QueryRange.Always;
}
