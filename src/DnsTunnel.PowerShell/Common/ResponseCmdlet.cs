using System.Management.Automation;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;

namespace DnsTunnel.PowerShell;

/// <summary>A cmdlet over the journal of containment actions.</summary>
public abstract class ResponseCmdlet : CancellableCmdlet
{
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    /// <summary>The journal file; by default that of the user, or of the machine for administrators.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The journal that the parameters name now; they can change with every pipeline object.</summary>
    private protected ResponseJournal Journal => new(JournalPath is null ? DefaultPaths.Responses : FileArgument.Resolve(this, JournalPath));

    /// <summary>Reads the journal, and warns once of lines that a killed process left torn.</summary>
    private protected JournalContent ReadJournal(ResponseJournal journal)
    {
        var content = journal.Read(StopToken);
        if (content.BrokenLines.Count > 0 && _warned.Add(journal.FilePath))
        {
            WriteWarning($"The journal '{journal.FilePath}' has lines that are not whole and were left out ({string.Join(", ", content.BrokenLines)}): " +
                "what wrote them was killed, or the disk was full.");
        }
        if (content.ForeignLines.Count > 0 && _warned.Add(journal.FilePath + '*'))
        {
            WriteWarning($"The journal '{journal.FilePath}' was changed by something else than this module: the lines {string.Join(", ", content.ForeignLines)} " +
                "do not follow the ones before them.");
        }
        return content;
    }

    /// <summary>Runs the work on one item: its error is written and the next item goes on, Ctrl+C ends it in silence.</summary>
    private protected void Attempt(object item, Action work)
    {
        try
        {
            work();
        }
        catch (ResponseException exception)
        {
            WriteError(Errors.Response(exception, item));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }
    }
}
