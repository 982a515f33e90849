using System.Management.Automation;
using DnsTunnel.ClickHouse;
using DnsTunnel.Delivery;

namespace DnsTunnel.PowerShell;

/// <content>Queries go to a table of ClickHouse too.</content>
public sealed partial class StartDnsTunnelMonitorCommand
{
    private StoreArgument? _store;
    private QueryFeed? _feed;

    [Parameter]
    public Uri? ClickHouse { get; set; }

    [Parameter]
    [Credential]
    public PSCredential? ClickHouseCredential { get; set; }

    private void OpenStore()
    {
        if (ClickHouse is null) return;
        _store = new StoreArgument(this, ClickHouse, ClickHouseCredential, TrustedCertificate);
        var outbox = Outbox("clickhouse");
        try
        {
            _feed = _store.Store.OpenFeed(outbox, rereads: ParameterSetName is PathSet or LiteralPathSet, MaximumRetryCount);
        }
        catch (DeliveryException exception)
        {
            ThrowTerminatingError(Errors.Delivery(exception, outbox));
        }
    }

    private void WarnOfStore()
    {
        foreach (var trouble in _feed?.TakeTroubles() ?? []) Warn($"{Printable.Text(trouble)} Queries for {_store} wait in the outbox.");
    }

    private void CloseStore()
    {
        if (_feed is null) return;
        _feed.Complete();
        _feed.Dispose();
        WarnOfStore();
        if (_feed.Lost > 0) Warn(FormattableString.Invariant($"{_feed.Lost:N0} queries for {_store} were lost: there was no room for them in the outbox."));
        else if (_feed.WaitingCount > 0 && !StopToken.IsCancellationRequested) WriteVerbose(FormattableString.Invariant($"{_feed.WaitingCount:N0} batches of queries wait for {_store}."));
        _feed = null;
        _store!.Store.Dispose();
    }
}
