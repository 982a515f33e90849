using System.Management.Automation;
using DnsTunnel.ClickHouse;

namespace DnsTunnel.PowerShell;

/// <content>To a table of ClickHouse.</content>
public sealed partial class ExportDnsQueryCommand
{
    private const string ClickHouseSet = "ClickHouse";

    private StoreArgument? _store;
    private QueryLoader? _loader;

    [Parameter(Mandatory = true, ParameterSetName = ClickHouseSet)]
    public Uri ClickHouse { get; set; } = null!;

    [Parameter(ParameterSetName = ClickHouseSet)]
    public SwitchParameter CreateSchema { get; set; }

    [Parameter(ParameterSetName = ClickHouseSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter(ParameterSetName = ClickHouseSet)]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    private void OpenStore()
    {
        var store = _store = new StoreArgument(this, ClickHouse, Credential, TrustedCertificate);
        if (CreateSchema && ShouldProcess(store.ToString(), "Create the table of queries")) store.Attempt(() => store.Store.Create(StopToken));
        if (!ShouldProcess(store.ToString(), "Store queries")) return;
        store.Attempt(() =>
        {
            store.Store.Check(StopToken);
            _loader = store.Store.OpenLoader(StopToken);
        });
    }

    private void Load(QueryLoader loader, DnsQuery query)
    {
        try
        {
            _store!.Attempt(() => loader.Add(query), () => loader.Stored);
        }
        catch (FormatException exception)
        {
            WriteError(Errors.InputNotUsable(query, exception.Message));
        }
    }

    private void CompleteLoad(QueryLoader loader)
    {
        _store!.Attempt(loader.Complete, () => loader.Stored);
        WriteVerbose(FormattableString.Invariant($"{loader.Stored:N0} queries were stored at {_store}."));
    }
}
