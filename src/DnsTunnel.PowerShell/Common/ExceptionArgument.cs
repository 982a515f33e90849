using System.Management.Automation;
using DnsTunnel.Exceptions;

namespace DnsTunnel.PowerShell;

/// <summary>The value of -ExceptionPath of cmdlets that use exceptions and do not change them.</summary>
internal static class ExceptionArgument
{
    /// <summary>The built-in exceptions alone when the user's cannot be read, which is an error.</summary>
    public static ExceptionList Load(PSCmdlet cmdlet, string? path)
    {
        var file = path is null ? DefaultPaths.Exceptions : FileArgument.Resolve(cmdlet, path);
        try
        {
            return ExceptionList.Load(file);
        }
        catch (ExceptionListException exception)
        {
            cmdlet.WriteError(Errors.Exceptions(exception, file));
            return ExceptionList.BuiltIn;
        }
    }
}
