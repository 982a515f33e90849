using System.Management.Automation;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.New, "DnsTunnelException", SupportsShouldProcess = true, DefaultParameterSetName = UntilSet)]
[OutputType(typeof(DnsTunnelException))]
public sealed class NewDnsTunnelExceptionCommand : ExceptionCmdlet
{
    private const string UntilSet = "Until";
    private const string AfterSet = "After";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EarlierDomainCompleter))]
    [ValidateNotNullOrEmpty]
    public string Domain { get; set; } = string.Empty;

    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = string.Empty;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NamePattern { get; set; }

    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long BudgetBytes { get; set; } = 4096;

    [Parameter(ParameterSetName = UntilSet)]
    public DateTime? Expires { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = AfterSet)]
    [ValidateDuration]
    public TimeSpan ExpiresAfter { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Client { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var file = new ExceptionFile(FilePath());
        Attempt(Domain, () => Add(file));
    }

    private void Add(ExceptionFile file)
    {
        var now = DateTime.UtcNow;
        var exception = ExceptionRuleParser.Parse(
            new DnsTunnelException
            {
                Domain = Domain,
                NamePattern = NamePattern,
                BudgetBytes = BudgetBytes,
                Expires = ParameterSetName == AfterSet ? now + ExpiresAfter : Expires?.ToUniversalTime(),
                Reason = Reason,
                Source = Source,
                Client = Client,
                Created = now,
                CreatedBy = Environment.UserName,
            },
            PublicSuffixList.Default).Exception;
        if (exception.IsExpiredAt(now)) throw new ExceptionListException(ExceptionListError.ExpiryNotValid, $"{exception.Expires:u} is over.");
        if (!Force) ExceptionRuleParser.RefuseBroad(exception);

        if (ShouldProcess(Printable.Text($"{exception}, {exception.BudgetBytes} bytes a day and client"), $"Add an exception to '{file.FilePath}'"))
        {
            WriteObject(file.Add(exception, StopToken));
        }
    }
}
