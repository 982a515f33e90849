using System.Management.Automation;
using DnsTunnel.Response;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Get, "DnsTunnelResponse")]
[OutputType(typeof(DnsTunnelResponse))]
public sealed class GetDnsTunnelResponseCommand : ResponseCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ResponseCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ResponseCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Domain { get; set; }

    [Parameter]
    public DnsTunnelResponseStatus[]? Status { get; set; }

    protected override void ProcessRecord()
    {
        var journal = Journal;
        if (Id is null) Attempt(journal.FilePath, () => Write(ReadJournal(journal).Responses));
        foreach (var id in Id ?? []) Attempt(id, () => Write([ResponseService.Find(ReadJournal(journal), journal, id)]));
    }

    private void Write(IEnumerable<DnsTunnelResponse> responses)
    {
        var patterns = Domain?.Select(domain => WildcardPattern.Get(domain, WildcardOptions.IgnoreCase)).ToArray();
        foreach (var response in responses)
        {
            if (patterns?.Any(pattern => pattern.IsMatch(response.Target)) == false) continue;
            if (Status?.Contains(response.Status) == false) continue;
            WriteObject(response);
        }
    }
}
