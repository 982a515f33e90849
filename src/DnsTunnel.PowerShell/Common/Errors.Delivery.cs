using System.Management.Automation;
using DnsTunnel.Delivery;

namespace DnsTunnel.PowerShell;

/// <content>Of the delivery of findings.</content>
internal static partial class Errors
{
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
}
