using System.Management.Automation;
using DnsTunnel.Exceptions;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Remove, "DnsTunnelException", SupportsShouldProcess = true)]
public sealed class RemoveDnsTunnelExceptionCommand : ExceptionCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ExceptionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    protected override void ProcessRecord()
    {
        var file = new ExceptionFile(FilePath());
        foreach (var id in Id) Attempt(id, () => Remove(file, id));
    }

    private void Remove(ExceptionFile file, string id)
    {
        if (ExceptionList.BuiltIn.All.Any(e => e.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ExceptionListException(ExceptionListError.ExceptionIsBuiltIn, $"The exception '{id}' comes with the module.");
        }

        var exception = file.Find(file.Read(), id);
        if (ShouldProcess(Printable.Text($"{exception.Id}: {exception}"), $"Remove an exception from '{file.FilePath}'")) file.Remove(exception.Id, StopToken);
    }
}
