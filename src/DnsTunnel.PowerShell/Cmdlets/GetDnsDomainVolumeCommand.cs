using System.Collections.Concurrent;
using System.Management.Automation;
using DnsTunnel.Volume;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Get, "DnsDomainVolume", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DomainVolume))]
public sealed class GetDnsDomainVolumeCommand : VolumeCmdlet
{
    private readonly ConcurrentQueue<DomainVolume[]> _closed = [];

    [Parameter]
    public SwitchParameter ByClient { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    private protected override bool CountsByClient => ByClient;

    private protected override Action<DomainVolume[]> Closed => _closed.Enqueue;

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
        OnHandedOver();
        foreach (var window in Aggregator.GetWindows()) Write(window);
        if (Aggregator.ReopenedWindows > 0) WriteWarning(FormattableString.Invariant($"{Aggregator.ReopenedWindows:N0} windows were written in parts, for the queries are not in order of time and the domains too many to be kept: rows of the same window, domain and client belong together."));
    }

    private protected override void OnHandedOver()
    {
        while (_closed.TryDequeue(out var window)) Write(window);
    }

    private void Write(DomainVolume[] window)
    {
        foreach (var volume in VolumeAggregator.Top(window, Top))
        {
            if (StopToken.IsCancellationRequested) return;
            WriteObject(volume);
        }
    }
}
