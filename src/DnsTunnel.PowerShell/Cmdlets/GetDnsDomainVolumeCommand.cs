using System.Management.Automation;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Get, "DnsDomainVolume", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DomainVolume))]
public sealed class GetDnsDomainVolumeCommand : VolumeCmdlet
{
    [Parameter]
    public SwitchParameter ByClient { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    private protected override bool CountsByClient => ByClient;

    protected override void EndProcessing()
    {
        base.EndProcessing();
        foreach (var volume in Aggregator.GetVolumes(Top))
        {
            if (StopToken.IsCancellationRequested) return;
            WriteObject(volume);
        }
    }
}
