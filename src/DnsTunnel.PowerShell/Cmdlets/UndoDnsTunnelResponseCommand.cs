using System.Management.Automation;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Undo, "DnsTunnelResponse", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DnsTunnelResponse))]
public sealed class UndoDnsTunnelResponseCommand : ResponseCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    protected override void ProcessRecord()
    {
        var journal = Journal;
        foreach (var id in Id) Attempt(id, () => Undo(journal, id));
    }

    private void Undo(ResponseJournal journal, string id)
    {
        var response = ResponseService.Find(ReadJournal(journal), journal, id);
        if (response.IsOpen && !Confirm(response)) return;

        var outcome = response.IsOpen ? new ResponseService(journal).Undo(response.Id, StopToken) : new ResponseOutcome(response, false);
        response = outcome.Response;
        if (!outcome.Changed) WriteWarning($"Response {response.Id} ('{response.Target}') is {response.Status}: there is nothing to undo.");
        else if (response.Note is not null) WriteWarning($"Response {response.Id} ('{response.Target}'): {response.Note}");
        else WriteVerbose($"'{response.Target}' resolves again as soon as the resolver loads '{response.Path}' again (BIND: rndc reload <zone>).");
        WriteObject(response);
    }

    private bool Confirm(DnsTunnelResponse response)
    {
        var lines = string.Concat(response.Changes.Select(line => $"{Environment.NewLine}  {line}"));
        return ShouldProcess(
            $"Undo the block of '{response.Target}' in '{response.Path}'. Lines to remove:{lines}",
            $"Undo the block of '{response.Target}' in '{response.Path}'? Lines to remove:{lines}",
            "Undo a response");
    }
}
