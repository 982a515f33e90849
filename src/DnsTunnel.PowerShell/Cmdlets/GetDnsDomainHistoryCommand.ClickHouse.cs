using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <content>Days that ClickHouse servers count.</content>
public sealed partial class GetDnsDomainHistoryCommand
{
    private StoreArgument? _store;

    [Parameter]
    public Uri? ClickHouse { get; set; }

    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _store?.Store.Dispose();
        base.Dispose(disposing);
    }

    private void OpenStore()
    {
        _store = new StoreArgument(this, ClickHouse!, Credential, TrustedCertificate);
        _store.Attempt(() => _store.Store.Check(StopToken));
    }

    private List<string> Domains()
    {
        if (_store is null) return _history.Read(reader => reader.Domains()) ?? [];
        List<string> domains = [];
        _store.Attempt(() => domains.AddRange(_store.Store.Domains(StopToken)));
        return domains;
    }
}
