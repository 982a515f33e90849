using System.Management.Automation;
using DnsTunnel.Measurement;

namespace DnsTunnel.PowerShell;

/// <content>Of models and the manifests they are made from.</content>
internal static partial class Errors
{
    public static ErrorRecord ModelNotReadable(string path, Exception exception) => Make(
        new IOException($"Cannot read the model '{Printable.Text(path)}': {Printable.Text(exception.Message.Trim())}", exception),
        "ModelNotReadable",
        exception switch
        {
            InvalidDataException => ErrorCategory.InvalidData,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
            _ => ErrorCategory.ReadError,
        },
        path,
        "Give a model that New-DnsTunnelModel made, or leave -Model out to use the one that comes with the module.");

    public static ErrorRecord ModelExists(string path) => Make(
        new IOException($"The file '{Printable.Text(path)}' exists already."),
        "FileExists", ErrorCategory.ResourceExists, path,
        "Give another -Destination, or -Force to replace it.");

    public static ErrorRecord NothingToTrainOn(string[] manifests) => Make(
        new InvalidOperationException($"There is nothing to train on in '{Printable.Text(string.Join("', '", manifests))}'."),
        "NothingToTrainOn", ErrorCategory.InvalidData, manifests,
        "The manifests must list captures or logs of tunnels and of ordinary traffic, each with names enough to be judged.");

    public static ErrorRecord ManifestNotUsable(string path, Exception exception) => Make(
        new IOException($"Cannot use the manifest '{Printable.Text(path)}': {Printable.Text(exception.Message.Trim())}", exception),
        "ManifestNotUsable",
        exception switch
        {
            ManifestException => ErrorCategory.InvalidData,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            _ => ErrorCategory.ReadError,
        },
        path,
        "Give a text file with a header line, columns parted by tabs, and at least the columns path and label; Get-Help Measure-DnsTunnelModel has the others.");
}
