using System.Collections;
using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>The file that a command line names so far, for completers.</summary>
internal static class BoundPath
{
    /// <summary>Completers have no session state but that of a pipeline in the one they run in.</summary>
    public static string Of(IDictionary bound, string parameter, string usual)
    {
        if (bound[parameter] is not string { Length: > 0 } path) return usual;
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript("param($Path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)").AddArgument(path).Invoke<string>().Single();
    }
}
