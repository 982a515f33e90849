using System.Management.Automation;
using DnsTunnel.Exceptions;

namespace DnsTunnel.PowerShell;

/// <content>Of exceptions from detection.</content>
internal static partial class Errors
{
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
}
