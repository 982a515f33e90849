using System.Management.Automation;
using System.Net;
using DnsTunnel.Evidence;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Get, "DnsTunnelEvidence", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DnsTunnelEvidence))]
public sealed partial class GetDnsTunnelEvidenceCommand : QueryInputCmdlet
{
    private readonly List<EvidenceSubject> _subjects = [];
    private ExceptionList _exceptions = null!;
    private HistoryArgument _history = null!;
    private EvidenceCollector? _collector;
    private bool _hasFindings;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ClickHouseSet)]
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet)]
    public PSObject[] Finding { get; set; } = [];

    [Parameter]
    [ValidateRange(1, ushort.MaxValue)]
    public int[] Port { get; set; } = [.. PacketDecoder.DefaultPorts];

    [Parameter]
    [ValidateRange(0, 4096)]
    public int MaxSamples { get; set; } = 10;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExceptionPath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HistoryPath { get; set; }

    [Parameter]
    public new SwitchParameter Resolve { get; set; }

    [Parameter]
    [EndPointTransformation]
    public IPEndPoint[] Resolver { get; set; } = [];

    private protected override QueryFileOptions FileOptions => new() { Ports = Port, Connections = Collector.Connections };

    private EvidenceCollector Collector => _collector ??= new EvidenceCollector(_subjects, _exceptions);

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _exceptions = ExceptionArgument.Load(this, ExceptionPath);
        _history = new HistoryArgument(this, HistoryPath);
        // Which set it is shows with the first object only; what is an argument is here already.
        _hasFindings = MyInvocation.BoundParameters.ContainsKey(nameof(Finding));
        if (_hasFindings) AddFindings();
        if (Resolve) WriteWarning("-Resolve asks the name servers of the domains, which whoever runs a tunnel owns: they can tell that somebody looks.");
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputObjectSet) base.ProcessRecord();
        else if (!_hasFindings) AddFindings();
    }

    protected override void EndProcessing()
    {
        if (_subjects.Count == 0) return;
        // The source is read once, when all findings are known.
        var maker = new EvidenceMaker(ParameterSetName == ClickHouseSet ? ReadStore() : ReadSource(), _subjects, _exceptions, MaxSamples);
        try
        {
            // All are asked before the first is written: which share a name server is part of each.
            var delegations = Resolve ? Delegations() : [];
            foreach (var tally in Collector.Tallies)
            {
                StopToken.ThrowIfCancellationRequested();
                if (tally.QueryCount == 0) WriteWarning($"The source has no query for '{Printable.Text(tally.Subject.Domain)}'.");
                WriteObject(maker.Make(tally, delegations, _history.Find(tally.Subject.Domain, _store, StopToken)));
            }
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }
    }

    private EvidenceSource ReadSource()
    {
        if (ParameterSetName != InputObjectSet) base.ProcessRecord();
        base.EndProcessing();
        var isLiteral = ParameterSetName == LiteralPathSet;
        return Collector.Complete(isLiteral ? LiteralPath : Path, isLiteral);
    }

    private protected override void ReadPaths(string[] paths, bool literal)
    {
        foreach (var path in paths) ReadFiles(path, literal, file => new QueryBuilder(PublicSuffixList.Default, file, Collector.Add));
    }

    private protected override void TakeQuery(DnsQuery query) => Collector.Add(query);

    private Dictionary<EvidenceSubject, DnsTunnelDelegation> Delegations()
    {
        var delegations = new Dictionary<EvidenceSubject, DnsTunnelDelegation>();
        foreach (var tally in Collector.Tallies) delegations[tally.Subject] = new DelegationProbe(Resolver, StopToken).Ask(tally.Subject.Domain, EvidenceMaker.ZoneOf(tally));
        return delegations;
    }

    private void AddFindings()
    {
        foreach (var item in Finding)
        {
            if (EvidenceFinding.Read(item) is { } subject) _subjects.Add(subject);
            else WriteError(Errors.FindingNotUsable(item));
        }
    }
}
