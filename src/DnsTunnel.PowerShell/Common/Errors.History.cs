using System.Management.Automation;
using DnsTunnel.History;

namespace DnsTunnel.PowerShell;

/// <content>Of the history of domains.</content>
internal static partial class Errors
{
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
}
