using System.Management.Automation;
using DnsTunnel.Models;

namespace DnsTunnel.PowerShell;

/// <summary>The value of -Model.</summary>
internal static class ModelArgument
{
    /// <summary>The model of a file, or the one that comes with the module; a terminating error when it cannot be read.</summary>
    public static TunnelModel Read(PSCmdlet cmdlet, string? path)
    {
        if (path is null) return TunnelModel.Default;
        var file = FileArgument.Resolve(cmdlet, path);
        try
        {
            return ModelFile.Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            cmdlet.ThrowTerminatingError(Errors.ModelNotReadable(file, exception));
            throw;
        }
    }
}
