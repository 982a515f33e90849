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
        if (IsStored)
        {
            UseStore((store, range) =>
            {
                foreach (var volume in store.Volumes(range, Window, ByClient, Top, StopToken)) WriteObject(volume);
            });
            return;
        }

        base.EndProcessing();
        foreach (var volume in Aggregator.GetVolumes(Top))
        {
            if (StopToken.IsCancellationRequested) return;
            WriteObject(volume);
        }
    }
}
