using System.Globalization;
using System.Management.Automation;
using DnsTunnel.Capture.Live;
using DnsTunnel.Queries;
using DnsTunnel.Sources;

namespace DnsTunnel.PowerShell;

/// <summary>Makes every error record of the module: stable id, true category, the failing item, and what to do about it.</summary>
internal static partial class Errors
{
    /// <summary>PowerShell shows RecommendedAction under the message since 7.5; before, the remedy has to stand in the message.</summary>
    private static readonly bool s_engineShowsRemedy = typeof(PSCmdlet).Assembly.GetName().Version >= new Version(7, 5);

    public static ErrorRecord PathNotFound(string path, Exception? inner = null) => Make(
        new ItemNotFoundException($"Cannot find '{Printable.Text(path)}'.", inner),
        "PathNotFound", ErrorCategory.ObjectNotFound, path,
        "Check the spelling. -Path takes wildcards and directories, -LiteralPath takes the characters as they are.");

    public static ErrorRecord NotAFilePath(string path) => Make(
        new PSArgumentException($"'{Printable.Text(path)}' is not a path of the file system."),
        "PathNotFileSystem", ErrorCategory.InvalidArgument, path,
        "Give the path of a file or directory on disk.");

    public static ErrorRecord FileNotReadable(string path, Exception exception, QueryFileKinds kinds)
    {
        var place = exception is SourceFormatException format
            ? string.Create(CultureInfo.InvariantCulture, $" at offset {format.Offset:N0}")
            : string.Empty;
        var remedy = exception switch
        {
            SourceFormatException { Offset: 0 } => $"Give {Wanted(kinds)}, as it is or compressed with gzip or zstd.",
            SourceFormatException => "What stands before this place was read. Get the file again if it was cut while it was copied.",
            UnauthorizedAccessException => "Ask for the right to read it, or run as a user who has it.",
            _ => "Check that the file exists, is no device, and is not in use.",
        };
        return Make(
            new IOException($"Cannot read '{Printable.Text(path)}'{place}: {Printable.Text(exception.Message.Trim())}", exception),
            kinds == QueryFileKinds.Log ? "LogNotReadable" : "CaptureNotReadable",
            exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied
                : exception is SourceFormatException ? ErrorCategory.InvalidData : ErrorCategory.ReadError,
            path,
            remedy);
    }

    public static ErrorRecord FileExists(string path, Exception exception) => Make(
        new IOException($"The file '{Printable.Text(path)}' exists already.", exception),
        "FileExists", ErrorCategory.ResourceExists, path,
        "Leave -NoClobber out to replace it, or give -Append to add to it.");

    public static ErrorRecord FileNotWritable(string path, Exception exception) => Make(
        new IOException($"Cannot write '{Printable.Text(path)}': {Printable.Text(exception.Message.Trim())}", exception),
        "FileNotWritable",
        exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
        path,
        "The folder must exist, have space and be writable. -Force writes to a file that is marked read-only.");

    public static ErrorRecord SocketExists(string path) => Make(
        new IOException($"There is a file '{Printable.Text(path)}' already."),
        "SocketExists", ErrorCategory.ResourceExists, path,
        "Give a path where there is none. A socket that a killed command left behind can be removed with Remove-Item.");

    public static ErrorRecord CannotListen(string name, Exception exception) => Make(
        new IOException($"Cannot listen on '{Printable.Text(name)}': {Printable.Text(exception.Message.Trim())}", exception),
        "CannotListen",
        exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ResourceUnavailable,
        name,
        "The address must be one of this machine and its port free; the folder of a socket must exist and be writable, and its path be under 100 bytes.");

    /// <summary>Why there is no live capture; the ids are the names of <see cref="LiveCaptureError"/>.</summary>
    public static ErrorRecord LiveCapture(LiveCaptureException exception, object? target)
    {
        var (category, remedy) = exception.Error switch
        {
            LiveCaptureError.CaptureLibraryMissing => (ErrorCategory.NotInstalled, CaptureRemedies.Library),
            LiveCaptureError.CaptureNotPermitted => (ErrorCategory.PermissionDenied, CaptureRemedies.Permission),
            LiveCaptureError.CaptureInterfaceNotFound => (ErrorCategory.ObjectNotFound, "Get-DnsCaptureInterface lists what can be captured on."),
            LiveCaptureError.CaptureInterfaceDown => (ErrorCategory.ResourceUnavailable, "Switch it on and try again."),
            LiveCaptureError.CaptureLinkTypeNotRead => (ErrorCategory.NotImplemented, "Get-DnsCaptureInterface lists what can be captured on."),
            LiveCaptureError.CaptureFilterNotValid => (ErrorCategory.InvalidArgument,
                "Give an expression of the language of pcap-filter, such as 'udp port 53 and host 192.0.2.1', or leave -Filter out."),
            _ => (ErrorCategory.DeviceError, "See the message; Get-DnsCaptureInterface shows the state of the interfaces."),
        };
        return Make(new InvalidOperationException(Printable.Text(exception.Message), exception), exception.Error.ToString(), category, target, remedy);
    }

    public static ErrorRecord InputNotUsable(object? item, string reason) => Make(
        new PSArgumentException($"Cannot use this input: {Printable.Text(reason)}."),
        "InputNotUsable", ErrorCategory.InvalidType, item,
        "Pipe in DnsQuery objects, objects with a property for the query name (such as QueryName or query), or files (Get-ChildItem).");

    public static ErrorRecord OneFileToFollow(string second) => Make(
        new PSArgumentException($"-Wait follows one file, and '{Printable.Text(second)}' would be another."),
        "OneFileToFollow", ErrorCategory.InvalidArgument, second,
        "Give the path of one file; a directory or wildcards may stand for several.");

    private static string Wanted(QueryFileKinds kinds) => kinds switch
    {
        QueryFileKinds.Capture => "a pcap or pcapng capture (Import-DnsLog reads logs)",
        QueryFileKinds.Log => "a DNS log of a format that Import-DnsLog -Format completes",
        _ => "a pcap or pcapng capture, or a DNS log of a format that Import-DnsLog -Format completes",
    };

    private static ErrorRecord Make(Exception exception, string id, ErrorCategory category, object? target, string remedy) =>
        new(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(s_engineShowsRemedy ? exception.Message : $"{exception.Message} {remedy}") { RecommendedAction = remedy },
        };
}
