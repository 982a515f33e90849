using System.Management.Automation;
using DnsTunnel.Names;
using DnsTunnel.Response;
using DnsTunnel.Response.Rpz;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsLifecycle.Invoke, "DnsTunnelResponse", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DnsTunnelResponse))]
public sealed class InvokeDnsTunnelResponseCommand : ResponseCmdlet
{
    private const string InputObjectSet = "InputObject";
    private const string DomainSet = "Domain";

    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private IResponseProvider _provider = null!;

    [Parameter(Mandatory = true)]
    public DnsTunnelAction Action { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DomainSet)]
    [ValidateNotNullOrEmpty]
    public string[] Domain { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateSet(RpzProvider.ProviderName)]
    public string Provider { get; set; } = RpzProvider.ProviderName;

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ZoneFile { get; set; } = "";

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing() => _provider = ResponseProviders.Create(Provider, FilePath(ZoneFile));

    protected override void ProcessRecord()
    {
        if (ParameterSetName == DomainSet)
        {
            foreach (var domain in Domain) Attempt(domain, () => Block(domain, null));
        }
        else if (InputObject?.BaseObject is string { Length: > 0 } name) Attempt(name, () => Block(name, null));
        else if (FindingObject.From(InputObject) is not { } finding) WriteError(Errors.ResponseInputNotUsable(InputObject));
        else if (finding.IsTunnel) Attempt(InputObject!, () => Block(finding.Domain, finding));
        else WriteVerbose($"'{Printable.Text(finding.Domain)}' is left alone: it is no tunnel by its finding.");
    }

    private void Block(string text, FindingObject? finding)
    {
        var domain = BlockedDomain.Parse(text, PublicSuffixList.Default, Force);
        if (_done.Contains(domain.Text))
        {
            WriteVerbose($"'{domain.Text}' came before in this pipeline: one block serves all clients.");
            return;
        }

        var journal = Journal;
        ReadJournal(journal);
        var service = new ResponseService(journal);
        if (service.FindStanding(_provider, domain, StopToken) is { } standing)
        {
            _done.Add(domain.Text);
            WriteStanding(standing);
            return;
        }

        var request = new ResponseRequest(domain)
        {
            Score = finding?.Score,
            Reasons = finding?.Reasons ?? [],
            Clients = finding?.Clients ?? [],
        };
        if (!Confirm(domain, _provider.Preview(domain, request.Id)))
        {
            _done.Add(domain.Text);
            return;
        }

        var outcome = service.Block(_provider, request, StopToken);
        _done.Add(domain.Text);
        if (!outcome.Changed)
        {
            WriteStanding(outcome.Response);
            return;
        }
        WriteVerbose($"'{domain.Text}' is blocked as soon as the resolver loads '{_provider.Path}' again (BIND: rndc reload <zone>).");
        WriteObject(outcome.Response);
    }

    private bool Confirm(BlockedDomain domain, string[] changes)
    {
        var collateral = domain.IsPublicSuffix ? " It is a public suffix: every domain that anybody registered below it is blocked too." : "";
        var lines = string.Concat(changes.Select(line => $"{Environment.NewLine}  {line}"));
        return ShouldProcess(
            $"Block '{domain.Text}' and every name below it in '{_provider.Path}'.{collateral} Lines to add:{lines}",
            $"Block '{domain.Text}' and every name below it in '{_provider.Path}'?{collateral} Lines to add:{lines}",
            "Block a domain");
    }

    private void WriteStanding(DnsTunnelResponse standing)
    {
        WriteWarning($"'{standing.Target}' is already blocked in '{standing.Path}' (response {standing.Id}); nothing was changed.");
        WriteObject(standing);
    }
}
