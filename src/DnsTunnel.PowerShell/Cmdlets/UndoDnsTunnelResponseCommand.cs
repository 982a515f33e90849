using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Undo, "DnsTunnelResponse", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DnsTunnelResponse))]
public sealed class UndoDnsTunnelResponseCommand : ResponseCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ResponseCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSSession[] Session { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var journal = Journal;
        foreach (var id in Id) Attempt(id, () => Undo(journal, id));
    }

    private void Undo(ResponseJournal journal, string id)
    {
        var response = ResponseService.Find(ReadJournal(journal), journal, id);
        if (response.IsOpen && !Confirm(response)) return;

        var outcome = response.IsOpen ? new ResponseService(journal, Runner(response)).Undo(response.Id, StopToken, Force) : new ResponseOutcome(response, false);
        response = outcome.Response;
        if (!outcome.Changed) WriteWarning($"Response {response.Id} ('{response.Target}') is {response.Status}: there is nothing to undo.");
        else if (response.Note is not null) WriteWarning($"Response {response.Id} ('{response.Target}'): {response.Note}");
        else WriteVerbose($"Response {response.Id} ('{response.Target}') was taken back{ResponseText.Where(response.Path)}.");
        WriteObject(response);
    }

    /// <summary>Runs scripts where the response was carried out.</summary>
    private IScriptRunner Runner(DnsTunnelResponse response)
    {
        if (response.ComputerName is not { } name) return new LocalScriptRunner();
        var session = Session.FirstOrDefault(s => string.Equals(Printable.Text(s.ComputerName), name, StringComparison.OrdinalIgnoreCase));
        return session is null ? new SessionScriptRunner(this, name) : new SessionScriptRunner(this, session);
    }

    private bool Confirm(DnsTunnelResponse response)
    {
        var deed = $"Undo {response.Action} of '{response.Target}'{ResponseText.Where(response.Path)}";
        var lines = ResponseText.Lines(response.Changes);
        return ShouldProcess($"{deed}. Changes to take back:{lines}", $"{deed}? Changes to take back:{lines}", "Undo a response");
    }
}
