using System.Management.Automation;
using DnsTunnel.ClickHouse;

namespace DnsTunnel.PowerShell;

/// <content>Of queries that are kept on ClickHouse servers.</content>
internal static partial class Errors
{
    /// <summary>Why a server did not do what it was asked; the ids are the names of <see cref="ClickHouseError"/>.</summary>
    /// <param name="exception">Its message holds no secret.</param>
    /// <param name="address">Null when the address itself may hold one.</param>
    /// <param name="stored">Queries of this command that are stored for sure; null for commands that store none.</param>
    public static ErrorRecord ClickHouse(ClickHouseException exception, ClickHouseAddress? address, long? stored = null)
    {
        var (category, remedy) = exception.Error switch
        {
            ClickHouseError.AddressNotValid => (ErrorCategory.InvalidArgument,
                "Give http(s)://host:port/database?table=name. Database and table may be left out; user name and password go into -Credential."),
            ClickHouseError.ServerNotTrusted => (ErrorCategory.SecurityError,
                "The certificate must be for this host name and come from an authority that this computer trusts; -TrustedCertificate names another authority."),
            ClickHouseError.AccessDenied => (ErrorCategory.PermissionDenied,
                $"Give the user and password with -Credential, or in the environment variables {StoreArgument.UserVariable} and {StoreArgument.PasswordVariable}; the server must let this user do it."),
            ClickHouseError.TableNotFound => (ErrorCategory.ObjectNotFound, "Check database and table of the address. Export-DnsQuery -ClickHouse with -CreateSchema makes them."),
            ClickHouseError.TableNotCurrent => (ErrorCategory.InvalidData, "Make another table with Export-DnsQuery -ClickHouse … -CreateSchema, or add the columns."),
            ClickHouseError.StatementRefused => (ErrorCategory.InvalidOperation, "The address must be that of the HTTP interface (port 8123, or 8443 with TLS). See the log of the server."),
            ClickHouseError.ServerLost => (ErrorCategory.ConnectionError, "Run the command again when the server is back."),
            _ => (ErrorCategory.ConnectionError, "Check host and port of the address, and whether the server runs and a firewall lets its HTTP interface through."),
        };
        var message = Printable.Text(exception.Message);
        if (stored is { } count) message += FormattableString.Invariant($" {count:N0} queries were stored before.");
        return Make(new InvalidOperationException(message, exception), exception.Error.ToString(), category, address?.ToString(), remedy);
    }
}
