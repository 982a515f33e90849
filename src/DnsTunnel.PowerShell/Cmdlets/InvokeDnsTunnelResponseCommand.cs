using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using DnsTunnel.Response;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsLifecycle.Invoke, "DnsTunnelResponse", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DnsTunnelResponse), typeof(string))]
public sealed partial class InvokeDnsTunnelResponseCommand : ResponseCmdlet
{
    private const string InputObjectSet = "InputObject";
    private const string DomainSet = "Domain";
    private const string ProcessSet = "Process";
    private const string AccountSet = "Account";

    [Parameter(Mandatory = true)]
    public DnsTunnelAction Action { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DomainSet)]
    [ArgumentCompleter(typeof(EarlierDomainCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Domain { get; set; } = [];

    [Parameter(ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ProcessSet)]
    [ValidateRange(1, int.MaxValue)]
    public int ProcessId { get; set; }

    [Parameter(ParameterSetName = ProcessSet)]
    public DateTime? StartTime { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = AccountSet)]
    [ValidateNotNullOrEmpty]
    public string[] Account { get; set; } = [];

    [Parameter]
    [ArgumentCompleter(typeof(DomainProviderCompleter))]
    [ValidateDomainProvider]
    public string? Provider { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ZoneFile { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ZoneName { get; set; }

    [Parameter]
    public ZoneReload Reload { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ControlConfiguration { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationFolder { get; set; }

    [Parameter]
    public IPAddress? Sinkhole { get; set; }

    [Parameter]
    [EndPointTransformation]
    public IPEndPoint[] Resolver { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowAddress { get; set; } = [];

    [Parameter]
    public TimeSpan? ExpiresAfter { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSSession[] Session { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = [];

    [Parameter]
    public SwitchParameter AsScript { get; set; }

    [Parameter]
    public DnsTunnelPlatform? Platform { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxPerHour { get; set; } = 30;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        _run = new ResponseRun(this, StopToken);
        try
        {
            RequireParameters();
            if (Action != DnsTunnelAction.BlockDomain) _isolation = IsolationOptions();
            if (AsScript || (Session.Length == 0 && ComputerName.Length == 0)) Add(ResponsePlace.Local(StopToken));
        }
        catch (ResponseException exception)
        {
            ThrowTerminatingError(Errors.Response(exception, Action));
        }
        if (AsScript) return;
        foreach (var session in Session) Attempt(session, () => Add(ResponsePlace.Of(this, session, StopToken)));
        foreach (var name in ComputerName) Attempt(name, () => Add(ResponsePlace.Of(this, name, StopToken)));
    }

    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case DomainSet:
                foreach (var domain in Domain) Attempt(domain, () => Block(domain, null));
                break;
            case ProcessSet:
                Attempt(ProcessId, () => Stop(new ProcessInput(ProcessId, StartTime, null), null));
                break;
            case AccountSet:
                foreach (var account in Account) Attempt(account, () => Disable(account));
                break;
            default:
                Take(InputObject);
                break;
        }
    }

    private void Take(PSObject? item)
    {
        var finding = FindingObject.From(item);
        if (finding is { IsTunnel: false }) WriteVerbose($"'{Printable.Text(finding.Domain)}' is left alone: it is no tunnel by its finding.");
        else if (Action is DnsTunnelAction.IsolateHost or DnsTunnelAction.PinResolver && (finding is not null || item is null)) Attempt(item ?? (object)Action, () => Isolate(finding));
        else if (Action == DnsTunnelAction.StopProcess && ProcessInput.From(item) is { } process) Attempt(item!, () => Stop(process, finding));
        else if (Action == DnsTunnelAction.BlockDomain && item?.BaseObject is string { Length: > 0 } name) Attempt(name, () => Block(name, null));
        else if (Action == DnsTunnelAction.BlockDomain && finding is not null)
        {
            foreach (var domain in finding.RelatedDomains.Prepend(finding.Domain)) Attempt(item!, () => Block(domain, finding));
        }
        else if (Action == DnsTunnelAction.DisableAccount && item?.BaseObject is string { Length: > 0 } account) Attempt(account, () => Disable(account));
        else WriteError(Errors.ResponseInputNotUsable(item, Action));
    }
}
