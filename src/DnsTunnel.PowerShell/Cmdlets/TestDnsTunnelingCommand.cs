using System.Management.Automation;
using DnsTunnel.Detection;
using DnsTunnel.History;
using DnsTunnel.Models;
using DnsTunnel.Volume;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsDiagnostic.Test, "DnsTunneling", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DnsTunnelFinding), typeof(bool))]
public sealed class TestDnsTunnelingCommand : VolumeCmdlet
{
    private readonly List<DomainVolume> _volumes = [];
    private TunnelModel? _model;

    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double Threshold { get; set; } = 50;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFindings { get; set; } = 100;

    [Parameter]
    public SwitchParameter All { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter UpdateHistory { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HistoryPath { get; set; }

    private protected override bool CountsByClient => true;

    /// <summary>When names came is known to the second whatever the window, so longer ones cost no finding.</summary>
    private protected override TimeSpan LongestWindow => TimeSpan.FromDays(7);

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // While the first file is read; what goes wrong comes up when the model is needed.
        if (Model is null) _ = Task.Run(() => TunnelModel.Default);
        else _model = ModelArgument.Read(this, Model);
    }

    private protected override bool TryTake(PSObject item)
    {
        if (VolumeObject.Read(item) is not { } volume) return false;
        _volumes.Add(volume);
        return true;
    }

    protected override void EndProcessing()
    {
        if (IsStored) UseStore((store, range) => WriteVerbose(FormattableString.Invariant($"{store.Read(Aggregator, range, Window, All, StopToken):N0} queries are of domains that are worth a closer look.")));
        if (StopToken.IsCancellationRequested) return;
        base.EndProcessing();
        List<DnsTunnelFinding> findings;
        try
        {
            findings = Detect(new Judge(_model ?? ModelArgument.Read(this, null), Threshold));
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (Quiet)
        {
            WriteObject(findings.Exists(f => f.IsTunnel));
            return;
        }

        foreach (var finding in findings.Take(MaxFindings)) WriteObject(finding);
        if (findings.Count > MaxFindings) WriteWarning(FormattableString.Invariant($"{findings.Count - MaxFindings:N0} more findings were not written; -MaxFindings raises the limit of {MaxFindings:N0}."));
    }

    /// <summary>The history is read before it is written, or every domain would be known. Without one that can be read, the run stands alone.</summary>
    private List<DnsTunnelFinding> Detect(Judge judge)
    {
        var history = UpdateHistory || HistoryPath is not null ? new HistoryArgument(this, HistoryPath) : null;
        if (history is { Exists: false } && !UpdateHistory) WriteError(Errors.HistoryNotFound(history.FilePath));
        var findings = history?.Read(reader => Detect(judge, new DomainPast(reader, Threshold, Start())), UpdateHistory) ?? Detect(judge, null);
        if (!UpdateHistory) return findings;
        var suppressed = SuppressedFindings.Find(history!.Read(reader => reader.OpenFindings(), isWrittenNext: true) ?? [], findings, Windows, judge, StopToken).ToList();
        history.Update(Windows, [.. findings, .. suppressed], StopToken);
        return findings;
    }

    private DateTime Start() => Windows().FirstOrDefault()?.Min(v => v.FirstSeen) ?? DateTime.MinValue;

    private List<DnsTunnelFinding> Detect(Judge judge, IDomainPast? past) => new TunnelDetector(judge, All, past).Detect(Source(), StopToken);

    /// <summary>Volumes that came by the pipeline join those that were counted here, window by window.</summary>
    private IEnumerable<DomainVolume[]> Windows() => IsStored ? StoredWindows() :
        _volumes.Count == 0 ? Aggregator.GetWindows() : VolumeMerger.Merge(_volumes.Concat(Aggregator.GetVolumes()));

    /// <summary>Of all domains; the aggregator has those that are worth a closer look.</summary>
    private IEnumerable<DomainVolume[]> StoredWindows()
    {
        var volumes = new List<DomainVolume>();
        UseStore((store, range) => volumes.AddRange(store.Volumes(range, Window, byClient: true, int.MaxValue, StopToken)));
        return volumes.GroupBy(v => v.WindowStart, (_, window) => window.ToArray());
    }

    private IVolumeSource Source() => _volumes.Count == 0 ? Aggregator : new ListedVolumes(Windows);
}
