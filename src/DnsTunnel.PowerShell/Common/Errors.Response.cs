using System.Management.Automation;
using DnsTunnel.Response;

namespace DnsTunnel.PowerShell;

/// <content>Of responses.</content>
internal static partial class Errors
{
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
}
