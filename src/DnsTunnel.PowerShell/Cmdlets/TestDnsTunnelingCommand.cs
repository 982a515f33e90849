using System.Management.Automation;
using DnsTunnel.Detection;
using DnsTunnel.Volume;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsDiagnostic.Test, "DnsTunneling", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DnsTunnelFinding), typeof(bool))]
public sealed class TestDnsTunnelingCommand : VolumeCmdlet
{
    private readonly List<DomainVolume> _volumes = [];

    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double Threshold { get; set; } = 50;

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFindings { get; set; } = 100;

    [Parameter]
    public SwitchParameter All { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override bool CountsByClient => true;

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
            findings = new TunnelDetector(Threshold, All).Detect(GetWindows, StopToken);
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

    /// <summary>Volumes that came by the pipeline join those that were counted here, window by window.</summary>
    private IEnumerable<DomainVolume[]> GetWindows() =>
        _volumes.Count == 0 ? Aggregator.GetWindows() : VolumeMerger.Merge(_volumes.Concat(Aggregator.GetVolumes()));
}
