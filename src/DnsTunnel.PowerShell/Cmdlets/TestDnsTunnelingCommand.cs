using System.Management.Automation;
using DnsTunnel.Detection;
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
        if (StopToken.IsCancellationRequested) return;
        base.EndProcessing();
        List<DnsTunnelFinding> findings;
        try
        {
            findings = new TunnelDetector(new Judge(_model ?? ModelArgument.Read(this, null), Threshold), All).Detect(Source(), StopToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        UseHistory(findings);
        if (Quiet)
        {
            WriteObject(findings.Exists(f => f.IsTunnel));
            return;
        }

        foreach (var finding in findings.Take(MaxFindings)) WriteObject(finding);
        if (findings.Count > MaxFindings) WriteWarning(FormattableString.Invariant($"{findings.Count - MaxFindings:N0} more findings were not written; -MaxFindings raises the limit of {MaxFindings:N0}."));
    }

    /// <summary>Read before it is written, or every domain would be known.</summary>
    private void UseHistory(List<DnsTunnelFinding> findings)
    {
        if (!UpdateHistory && HistoryPath is null) return;
        var history = new HistoryArgument(this, HistoryPath);
        if (history.Exists) history.AddReasons(findings, UpdateHistory);
        else if (!UpdateHistory) WriteError(Errors.HistoryNotFound(history.FilePath));
        if (UpdateHistory) history.Update(Windows, findings, StopToken);
    }

    /// <summary>Volumes that came by the pipeline join those that were counted here, window by window.</summary>
    private IEnumerable<DomainVolume[]> Windows() =>
        _volumes.Count == 0 ? Aggregator.GetWindows() : VolumeMerger.Merge(_volumes.Concat(Aggregator.GetVolumes()));

    private IVolumeSource Source() => _volumes.Count == 0 ? Aggregator : new ListedVolumes(Windows);
}
