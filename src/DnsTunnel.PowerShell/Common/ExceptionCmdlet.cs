using System.Management.Automation;
using DnsTunnel.Exceptions;

namespace DnsTunnel.PowerShell;

/// <summary>A cmdlet over the file of the user's exceptions.</summary>
public abstract class ExceptionCmdlet : CancellableCmdlet
{
    /// <summary>The file; by default that of the user, or of the machine for administrators.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ExceptionPath { get; set; }

    /// <summary>The full path of the file that the parameters name now; they can change with every pipeline object.</summary>
    private protected string FilePath()
    {
        // Built-in exceptions that come through the pipeline have none.
        return string.IsNullOrEmpty(ExceptionPath) ? DefaultPaths.Exceptions : FileArgument.Resolve(this, ExceptionPath);
    }

    /// <summary>Runs the work on one item: its error is written and the next item goes on, Ctrl+C ends it in silence.</summary>
    private protected void Attempt(object item, Action work)
    {
        try
        {
            work();
        }
        catch (ExceptionListException exception)
        {
            WriteError(Errors.Exceptions(exception, item));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }
    }
}
