using System.Management.Automation;
using DnsTunnel.ClickHouse;

namespace DnsTunnel.PowerShell;

/// <content>Queries that are kept, and counted, on ClickHouse servers.</content>
public abstract partial class VolumeCmdlet
{
    protected const string ClickHouseSet = "ClickHouse";

    private StoreArgument? _store;

    [Parameter(Mandatory = true, ParameterSetName = ClickHouseSet)]
    public Uri ClickHouse { get; set; } = null!;

    [Parameter(ParameterSetName = ClickHouseSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter(ParameterSetName = ClickHouseSet)]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    [Parameter(ParameterSetName = ClickHouseSet)]
    public DateTime Since { get; set; } = DateTime.MinValue;

    [Parameter(ParameterSetName = ClickHouseSet)]
    public DateTime Until { get; set; } = DateTime.MaxValue;

    private protected bool IsStored => ParameterSetName == ClickHouseSet;

    /// <summary>Asks the store; a failure is a terminating error.</summary>
    /// <param name="use">Is given the store and the range of time.</param>
    private protected void UseStore(Action<IQueryStore, QueryRange> use)
    {
        _store ??= new StoreArgument(this, ClickHouse, Credential, TrustedCertificate);
        _store.Attempt(() =>
        {
            _store.Store.Check(StopToken);
            use(_store.Store, new QueryRange(Utc(Since), Utc(Until)));
        });
    }

    protected override void ProcessRecord()
    {
        if (!IsStored) base.ProcessRecord();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _queue?.Dispose();
            _store?.Store.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Times of this module are UTC, unless they say otherwise.</summary>
    private static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
}
