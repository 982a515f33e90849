namespace DnsTunnel.Response.Accounts;

/// <summary>Accounts without which nobody could take an action back.</summary>
internal static class OwnAccounts
{
    /// <summary>The one that runs this, the one that asked for its rights, and that of the system.</summary>
    public static bool Contains(string name) => new[] { Environment.UserName, Environment.GetEnvironmentVariable("SUDO_USER"), "root" }
        .Contains(name[(name.IndexOf('\\') + 1)..], OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}
