namespace DnsTunnel.Response.Accounts;

/// <summary>Disables an account of the host, or of the directory where its module is.</summary>
/// <param name="name">The account.</param>
/// <param name="platform">The platform of the host.</param>
/// <param name="before">How it is; null for a script that others run.</param>
/// <param name="active">Accounts that are logged on now.</param>
internal sealed class AccountProvider(string name, DnsTunnelPlatform platform, AccountState? before, string[] active) : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Account";

    private const string ExpiredSince1970 = "1";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Path => null;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var isWindows = platform == DnsTunnelPlatform.Windows;
        if (before is { IsDisabled: true } && (isWindows || before.Expiry == ExpiredSince1970))
            throw new ResponseException(ResponseError.NothingToDo, $"The account '{Printable.Text(name)}' is disabled already, and this journal did not do it.");
        return new([isWindows ? AccountScripts.Windows(name) : AccountScripts.Linux(name, before)])
        {
            Notes =
            [
                .. active.Length == 0 ? Array.Empty<string>() : [$"Logged on now: {string.Join(", ", active)}."],
                "Sessions that the account has open go on, and so do its processes.",
            ],
        };
    }
}
