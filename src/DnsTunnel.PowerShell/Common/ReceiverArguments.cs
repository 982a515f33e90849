using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DnsTunnel.Delivery;

namespace DnsTunnel.PowerShell;

/// <summary>Makes receivers of what the user says of them; what cannot be used is a terminating error.</summary>
internal static class ReceiverArguments
{
    public static IReceiver Syslog(PSCmdlet cmdlet, string server, SyslogTransport transport, SyslogFormat format, ServerTrust? trust)
    {
        if (!SyslogEndpoint.TryParse(server, transport, out var endpoint)) cmdlet.ThrowTerminatingError(Errors.SyslogServerNotValid(server));
        return new SyslogReceiver(endpoint!, transport, format, trust);
    }

    public static IReceiver Webhook(PSCmdlet cmdlet, Uri uri, IDictionary? headers, PSCredential? credential, ServerTrust? trust)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0) cmdlet.ThrowTerminatingError(Errors.UriNotValid());
        if (uri.Scheme == "http" && !uri.IsLoopback && (credential is not null || headers is { Count: > 0 })) cmdlet.ThrowTerminatingError(Errors.SecretNotEncrypted(uri.Host));
        var texts = (headers ?? new Hashtable()).Cast<DictionaryEntry>()
            .Select(e => KeyValuePair.Create(Convert.ToString(e.Key, CultureInfo.InvariantCulture)!, Convert.ToString(e.Value, CultureInfo.InvariantCulture) ?? string.Empty));
        try
        {
            return new WebhookReceiver(uri, texts, credential?.GetNetworkCredential(), trust);
        }
        catch (FormatException exception)
        {
            cmdlet.ThrowTerminatingError(Errors.HeaderNotValid(exception));
            throw;
        }
    }

    public static ServerTrust? Trust(PSCmdlet cmdlet, string? certificate)
    {
        if (certificate is null) return null;
        var path = FileArgument.Resolve(cmdlet, certificate);
        try
        {
            return ServerTrust.Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            cmdlet.ThrowTerminatingError(Errors.CertificateNotReadable(path, exception));
            throw;
        }
    }
}
