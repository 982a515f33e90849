using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>The value of a parameter that names one file or folder, which need not exist.</summary>
internal static class FileArgument
{
    /// <summary>The full path; a terminating error when it is none of the file system.</summary>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem") cmdlet.ThrowTerminatingError(Errors.NotAFilePath(path));
        return full;
    }
}
