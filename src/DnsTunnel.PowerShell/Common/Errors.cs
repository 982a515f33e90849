using System.Globalization;
using System.Management.Automation;
using DnsTunnel.Capture.Live;
using DnsTunnel.Delivery;
using DnsTunnel.Exceptions;
using DnsTunnel.History;
using DnsTunnel.Measurement;
using DnsTunnel.Monitoring.Scheduling;
using DnsTunnel.Queries;
using DnsTunnel.Response;
using DnsTunnel.Sources;

namespace DnsTunnel.PowerShell;

/// <summary>Makes every error record of the module: stable id, true category, the failing item, and what to do about it.</summary>
internal static class Errors
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

    public static ErrorRecord HistoryNotFound(string path) => Make(
        new ItemNotFoundException($"There is no history '{Printable.Text(path)}'."),
        "HistoryNotFound", ErrorCategory.ObjectNotFound, path,
        "Test-DnsTunneling -UpdateHistory makes it. Give -HistoryPath when it is elsewhere.");

    public static ErrorRecord DomainNotInHistory(string domain, string path) => Make(
        new ItemNotFoundException($"The history '{Printable.Text(path)}' knows no domain '{Printable.Text(domain)}'."),
        "DomainNotInHistory", ErrorCategory.ObjectNotFound, domain,
        "Give a registered domain, such as example.com, or wildcards.");

    public static ErrorRecord HistoryNotReadable(string path, HistoryException exception) => Make(
        new IOException($"Cannot read the history '{Printable.Text(path)}': {Printable.Text(exception.Message)}", exception),
        "HistoryNotReadable", exception.IsCorrupt ? ErrorCategory.InvalidData : ErrorCategory.ReadError, path,
        exception.IsCorrupt ? "The next Test-DnsTunneling -UpdateHistory puts it aside and begins a new one." : "Check its path and rights, or give another with -HistoryPath.");

    public static ErrorRecord HistoryNotWritable(string path, HistoryException exception) => Make(
        new IOException($"Cannot write the history '{Printable.Text(path)}': {Printable.Text(exception.Message)}", exception),
        "HistoryNotWritable", ErrorCategory.WriteError, path,
        "Check its rights and the space on its disk, or give another with -HistoryPath. The findings do not depend on it.");

    public static ErrorRecord OneFileToFollow(string second) => Make(
        new PSArgumentException($"-Wait follows one file, and '{Printable.Text(second)}' would be another."),
        "OneFileToFollow", ErrorCategory.InvalidArgument, second,
        "Give the path of one file; a directory or wildcards may stand for several.");

    public static ErrorRecord ResponseInputNotUsable(object? item, DnsTunnelAction action) => Make(
        new PSArgumentException($"{action} cannot act on this input."),
        "InputNotUsable", ErrorCategory.InvalidType, item,
        action switch
        {
            DnsTunnelAction.BlockDomain => "Pipe in what Test-DnsTunneling emits, or names of domains as text. Volumes and queries are no findings.",
            DnsTunnelAction.StopProcess => "Give -ProcessId, or pipe in what Get-Process emits, or queries that have a ProcessId.",
            DnsTunnelAction.DisableAccount => "Give -Account, or pipe in names of accounts as text.",
            _ => "Pipe in what Test-DnsTunneling emits, or nothing.",
        });

    /// <summary>What a containment action was refused or failed for; the ids are the names of <see cref="ResponseError"/>.</summary>
    public static ErrorRecord Response(ResponseException exception, object? target)
    {
        var (category, remedy) = exception.Error switch
        {
            ResponseError.DomainNotValid => (ErrorCategory.InvalidArgument,
                "Give a domain of at least two labels, such as the Domain of a finding; bytes that are not printable are written \\DDD."),
            ResponseError.DomainIsPublicSuffix => (ErrorCategory.SecurityError,
                "Block the registered domain below it. -Force blocks it all the same, for everybody who uses the resolver."),
            ResponseError.DomainProtected => (ErrorCategory.SecurityError,
                "Make sure that it is what the tunnel needs, and isolate the clients instead where that will do. -Force blocks it all the same."),
            ResponseError.DomainTooLong => (ErrorCategory.LimitsExceeded,
                "Block a domain further up, or start the zone file with '$ORIGIN <zone>.' so that the length of its name is known."),
            ResponseError.DomainAlreadyListed => (ErrorCategory.ResourceExists,
                "Look at the line: if it blocks the domain, nothing is left to do. If it is marked DnsTunnel, use the -JournalPath it was written with."),
            ResponseError.ZoneFileNotReadable => (ErrorCategory.ReadError, "Check the path and the rights of the zone file."),
            ResponseError.ZoneFileNotWritable => (ErrorCategory.WriteError,
                "The folder must exist and be writable: the file is replaced whole. Run as the owner of the file or as administrator."),
            ResponseError.ZoneFileNotAZone => (ErrorCategory.InvalidData,
                "Give the text file of a response-policy zone (named-checkzone tells what is wrong with it), or a path where there is none yet."),
            ResponseError.ZoneFileBusy or ResponseError.JournalBusy => (ErrorCategory.ResourceBusy, "Wait for the other process to end and try again."),
            ResponseError.ResponseNotFound => (ErrorCategory.ObjectNotFound,
                "Get-DnsTunnelResponse lists what the journal holds; give -JournalPath when the action was written to another one."),
            ResponseError.ResponseChanged => (ErrorCategory.ResourceExists,
                "-Force takes rules and accounts back all the same. Take lines with its id out of a file by hand and raise the serial; Undo-DnsTunnelResponse then marks it as undone."),
            ResponseError.JournalNotReadable => (ErrorCategory.ReadError, "Check the path and rights of the journal, or give another with -JournalPath."),
            ResponseError.JournalNotWritable => (ErrorCategory.WriteError,
                "Nothing is changed without a journal. Check its rights and the space on its disk, or give another with -JournalPath."),
            ResponseError.ProviderNotFound => (ErrorCategory.InvalidArgument,
                "Give -ZoneFile for the file of a policy zone, or -Provider with what it needs; Get-Help Invoke-DnsTunnelResponse tells them."),
            ResponseError.ValueNotUsable => (ErrorCategory.InvalidArgument, "Give another value."),
            ResponseError.FileNotUsable => (ErrorCategory.WriteError, "Check the folder and its rights; run as administrator."),
            ResponseError.CommandFailed => (ErrorCategory.OperationStopped,
                "What was begun was taken back. See the message of the command; most need an administrator."),
            ResponseError.ResponseNotEffective => (ErrorCategory.InvalidResult,
                "All was taken back. Check that the resolver or firewall is the one in use, and that it has loaded the change."),
            ResponseError.ResponseLimitReached => (ErrorCategory.LimitsExceeded,
                "Look at what is being done and why. -MaxPerHour allows more, -Force any number."),
            ResponseError.AddressNotValid => (ErrorCategory.InvalidArgument, "Give an address such as 192.0.2.1 or 2001:db8::1, or a range such as 192.0.2.0/24."),
            ResponseError.ProcessNotFound => (ErrorCategory.ObjectNotFound, "Get-Process shows what runs, with StartTime."),
            ResponseError.AccountNotFound => (ErrorCategory.ObjectNotFound, "Give the name of an account of the host; on Windows also DOMAIN\\name."),
            ResponseError.TargetProtected => (ErrorCategory.SecurityError, "-Force does it all the same."),
            ResponseError.ExpiryNotPossible => (ErrorCategory.NotInstalled,
                "Install at, and start its daemon. -ExpiresAfter 0 -Force leaves it to you to end the action."),
            ResponseError.ActionNotPossible => (ErrorCategory.InvalidArgument, "Get-Help Invoke-DnsTunnelResponse tells what goes together."),
            ResponseError.NothingToDo => (ErrorCategory.ResourceExists, "Nothing is left to do."),
            ResponseError.ResponseIrreversible => (ErrorCategory.InvalidOperation, "Start what was stopped again by hand."),
            _ => (ErrorCategory.NotSpecified, "See the inner exception."),
        };
        return Make(new InvalidOperationException(Printable.Text(exception.Message), exception), exception.Error.ToString(), category, target, remedy);
    }

    /// <summary>Why an exception was refused or a file of exceptions failed; the ids are the names of <see cref="ExceptionListError"/>.</summary>
    public static ErrorRecord Exceptions(ExceptionListException exception, object? target)
    {
        var (category, remedy) = exception.Error switch
        {
            ExceptionListError.DomainNotValid => (ErrorCategory.InvalidArgument, "Give a name such as cdn.example.com; the names below it are meant without a wildcard."),
            ExceptionListError.DomainIsPublicSuffix => (ErrorCategory.SecurityError, "Give the domain of one owner below it."),
            ExceptionListError.NamePatternNotValid => (ErrorCategory.InvalidArgument,
                "Give a regular expression for the labels left of the domain, such as '[0-9a-f]{32}', without look-around, back-references and atomic groups."),
            ExceptionListError.ClientNotValid => (ErrorCategory.InvalidArgument, "Give an address such as 192.0.2.7 or a network such as 192.0.2.0/24."),
            ExceptionListError.BudgetNotValid => (ErrorCategory.InvalidArgument, "Give a number of bytes from 0 on."),
            ExceptionListError.ExpiryNotValid => (ErrorCategory.InvalidArgument, "Give a time that is to come."),
            ExceptionListError.ExceptionTooBroad => (ErrorCategory.SecurityError,
                "Give -NamePattern with the shape of the expected names, or a smaller -BudgetBytes. -Force takes it as it is."),
            ExceptionListError.ExceptionExists => (ErrorCategory.ResourceExists, "Remove it first with Remove-DnsTunnelException."),
            ExceptionListError.ExceptionNotFound => (ErrorCategory.ObjectNotFound,
                "Get-DnsTunnelException lists the exceptions; give -ExceptionPath when it is in another file."),
            ExceptionListError.ExceptionIsBuiltIn => (ErrorCategory.InvalidOperation,
                "New-DnsTunnelException with its domain and -BudgetBytes 0 goes before it and lets such names count."),
            ExceptionListError.ExceptionFileNotReadable => (ErrorCategory.ReadError, "Check the path and rights of the file, or give another with -ExceptionPath."),
            ExceptionListError.ExceptionFileNotValid => (ErrorCategory.InvalidData,
                "Correct the file, take it from a backup, or move it away: without it the built-in exceptions alone apply."),
            ExceptionListError.ExceptionFileNotWritable => (ErrorCategory.WriteError,
                "The folder must exist or be makeable, have space and be writable. -ExceptionPath names another file."),
            ExceptionListError.ExceptionFileBusy => (ErrorCategory.ResourceBusy, "Wait for the other process to end and try again."),
            _ => (ErrorCategory.NotSpecified, "See the inner exception."),
        };
        return Make(new InvalidOperationException(Printable.Text(exception.Message), exception), exception.Error.ToString(), category, target, remedy);
    }

    public static ErrorRecord FindingNotUsable(object? item) => Make(
        new PSArgumentException("Cannot use this input: it is no finding."),
        "InputNotUsable", ErrorCategory.InvalidType, item,
        "Pipe in what Test-DnsTunneling emits, as it is or saved (Export-Clixml, ConvertTo-Json). Volumes and queries are no findings.");

    public static ErrorRecord SyslogServerNotValid(string server) => Make(
        new PSArgumentException($"'{Printable.Text(server)}' is not the address of a syslog server."),
        "SyslogServerNotValid", ErrorCategory.InvalidArgument, server,
        "Give host:port, such as siem.example.com:6514, 192.0.2.9:514 or [2001:db8::9]:514.");

    /// <summary>The address itself may hold a secret.</summary>
    public static ErrorRecord UriNotValid() => Make(
        new PSArgumentException("The address of -Uri cannot be used."),
        "UriNotValid", ErrorCategory.InvalidArgument, null,
        "Give a whole address that begins with https:// (or http://), without user name and password; those go into -Credential.");

    public static ErrorRecord SecretNotEncrypted(string host) => Make(
        new InvalidOperationException($"A credential or header would go to '{Printable.Text(host)}' unencrypted."),
        "SecretNotEncrypted", ErrorCategory.SecurityError, host,
        "Use https://. To a receiver on this computer http:// is allowed.");

    public static ErrorRecord HeaderNotValid(Exception exception) => Make(
        new PSArgumentException(exception.Message),
        "HeaderNotValid", ErrorCategory.InvalidArgument, null,
        "Names of headers are letters, digits and hyphens; values have no line breaks. Content headers such as Content-Type are set by the cmdlet.");

    public static ErrorRecord CertificateNotReadable(string path, Exception exception) => Make(
        new IOException($"Cannot read certificates from '{Printable.Text(path)}': {Printable.Text(exception.Message.Trim())}", exception),
        "CertificateNotReadable",
        exception switch
        {
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            IOException => ErrorCategory.ReadError,
            _ => ErrorCategory.InvalidData,
        },
        path,
        "Give a file of certificates in PEM, or of one in DER: those of the authorities that the receiver's certificate comes from.");

    /// <summary>Why a finding was not delivered; the ids are the names of <see cref="DeliveryError"/>.</summary>
    public static ErrorRecord Delivery(DeliveryException exception, object? target)
    {
        var (category, remedy) = exception.Error switch
        {
            DeliveryError.ReceiverNotTrusted => (ErrorCategory.SecurityError,
                "The certificate must be for this host name and come from an authority that this computer trusts; -TrustedCertificate names another authority."),
            DeliveryError.ReceiverRefused => (ErrorCategory.PermissionDenied, "Check the address, -Headers and -Credential; redirections are not followed."),
            DeliveryError.FindingRefused => (ErrorCategory.InvalidData,
                "The receiver does not want what the finding says. With -OutboxPath it is kept in the folder 'refused' of the outbox; see the log of the receiver."),
            DeliveryError.OutboxNotUsable => (ErrorCategory.WriteError, "The folder must be writable and its disk have space. The finding was not delivered; send it again."),
            _ => (ErrorCategory.ConnectionError, "Check address and receiver and send the finding again. With -OutboxPath it waits on disk for the next call."),
        };
        return Make(new InvalidOperationException(Printable.Text(exception.Message), exception), exception.Error.ToString(), category, target, remedy);
    }

    public static ErrorRecord StateNotUsable(string path, Exception exception) => Make(
        new IOException($"Cannot use the state file '{Printable.Text(path)}': {Printable.Text(exception.Message.Trim())}", exception),
        "StateNotUsable",
        exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ResourceUnavailable,
        path,
        "One monitor at a time has it; give another -StatePath to each. Its folder must exist or be makeable, and be writable.");

    public static ErrorRecord NobodyToTell() => Make(
        new PSArgumentException("Nobody would hear what the monitor finds."),
        "NobodyToTell", ErrorCategory.InvalidArgument, null,
        "Give -OutFile, -SyslogServer or -Uri.");

    /// <summary>Why a monitor was not registered or taken away; the ids are the names of <see cref="ScheduleError"/>.</summary>
    public static ErrorRecord Schedule(ScheduleException exception, object? target)
    {
        var (category, remedy) = exception.Error switch
        {
            ScheduleError.MonitorExists => (ErrorCategory.ResourceExists, "-Force replaces it; -Name gives this one another name."),
            ScheduleError.MonitorNotFound => (ErrorCategory.ObjectNotFound, "Give the -Name and -Scope it was registered with; those of the system are seen by administrators."),
            ScheduleError.ForeignFile => (ErrorCategory.SecurityError, "Look at the file; take it away by hand if nobody needs it, or give another -Name."),
            ScheduleError.TimesNotValid => (ErrorCategory.InvalidArgument, "Give whole minutes that divide an hour, or whole hours that divide a day, such as 00:15:00."),
            ScheduleError.ValueNotUsable => (ErrorCategory.InvalidArgument, "Give another value."),
            ScheduleError.HostNotFound => (ErrorCategory.NotInstalled, "Install PowerShell so that pwsh is in the PATH."),
            ScheduleError.SchedulerNotFound => (ErrorCategory.NotInstalled, "Give another -Scheduler, or install this one."),
            ScheduleError.FileNotWritable => (ErrorCategory.WriteError, "Run as administrator, or register it for yourself with -Scope User."),
            _ => (ErrorCategory.OperationStopped, "See the message of the command. What was written was taken back."),
        };
        return Make(new InvalidOperationException(Printable.Text(exception.Message), exception), exception.Error.ToString(), category, target, remedy);
    }

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
