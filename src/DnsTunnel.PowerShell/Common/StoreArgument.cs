using System.Management.Automation;
using System.Net;
using DnsTunnel.ClickHouse;

namespace DnsTunnel.PowerShell;

/// <summary>The value of -ClickHouse, and who may use it: -Credential, or the environment where there is none to ask.</summary>
internal sealed class StoreArgument
{
    public const string UserVariable = "DNSTUNNEL_CLICKHOUSE_USER";
    public const string PasswordVariable = "DNSTUNNEL_CLICKHOUSE_PASSWORD";

    private readonly PSCmdlet _cmdlet;
    private readonly ClickHouseAddress? _address;

    /// <summary>What cannot be used is a terminating error.</summary>
    public StoreArgument(PSCmdlet cmdlet, Uri uri, PSCredential? credential, string? trustedCertificate)
    {
        _cmdlet = cmdlet;
        try
        {
            _address = new ClickHouseAddress(uri);
        }
        catch (ClickHouseException exception)
        {
            Throw(exception);
        }

        var login = credential?.GetNetworkCredential() ?? OfEnvironment();
        if (login is not null && _address!.IsPlain) cmdlet.ThrowTerminatingError(Errors.SecretNotEncrypted(uri.Host));
        Store = new ClickHouseStore(_address!, login, ReceiverArguments.Trust(cmdlet, trustedCertificate));
    }

    public IQueryStore Store { get; }

    public override string ToString() => _address!.ToString();

    /// <summary>Makes an error of why the store failed, and nothing of it when the pipeline is being stopped.</summary>
    /// <param name="use">Uses the store.</param>
    /// <param name="stored">Counts what is stored, for commands that store.</param>
    public void Attempt(Action use, Func<long>? stored = null)
    {
        try
        {
            use();
        }
        catch (ClickHouseException exception)
        {
            Throw(exception, stored?.Invoke());
        }
        catch (OperationCanceledException)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }
    }

    private void Throw(ClickHouseException exception, long? stored = null) => _cmdlet.ThrowTerminatingError(Errors.ClickHouse(exception, _address, stored));

    private static NetworkCredential? OfEnvironment() => Environment.GetEnvironmentVariable(UserVariable) is { Length: > 0 } user
        ? new NetworkCredential(user, Environment.GetEnvironmentVariable(PasswordVariable))
        : null;
}
