using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Response.Accounts;

/// <summary>How an account is before it is disabled; what undo has to bring back.</summary>
/// <param name="UserId">Its number on Linux, its SID on Windows.</param>
/// <param name="IsDisabled">Whether it is locked (Linux) or disabled (Windows).</param>
/// <param name="Expiry">On Linux the day since 1970 on which it expires, or nothing.</param>
/// <param name="HasPassword">Whether it has one, or anything in its place.</param>
/// <param name="Changed">On Linux the day since 1970 on which the password was changed, or nothing.</param>
internal sealed record AccountState(string UserId, bool IsDisabled, string Expiry, bool HasPassword, string Changed)
{
    /// <summary>Asks a host.</summary>
    /// <exception cref="ResponseException">There is no such account.</exception>
    public static AccountState Read(IScriptRunner runner, DnsTunnelPlatform platform, string name, CancellationToken token)
    {
        var (exitCode, output, error) = platform == DnsTunnelPlatform.Windows
            ? runner.Run(ScriptLanguage.PowerShell, WindowsScript(name), token)
            : runner.Run(ScriptLanguage.Shell, LinuxScript(name), token);
        var words = output.TrimEnd('\n', '\r').Split(':');
        if (exitCode != 0 || words.Length != 5 || !(words[2] + words[4]).All(char.IsAsciiDigit))
            throw new ResponseException(ResponseError.AccountNotFound, $"There is no local account '{Printable.Text(name)}'{(error.Trim().Length == 0 ? "" : $" ({Printable.Text(error.Trim())})")}.");
        return new(words[0], words[1] == "yes", words[2], words[3] == "yes", words[4]);
    }

    // Only accounts of the local files: usermod changes no other.
    private static string LinuxScript(string name) =>
        $$"""
        id=$(awk -F : -v name={{ShellText.Quote(name)}} '$1 == name { print $3 }' /etc/passwd)
        [ -n "$id" ] || exit 1
        awk -F : -v name={{ShellText.Quote(name)}} -v id="$id" '$1 == name { print id ":" ($2 ~ /^!/ ? "yes" : "no") ":" $8 ":" ($2 == "" ? "no" : "yes") ":" $3 }' /etc/shadow
        """;

    private static string WindowsScript(string name) =>
        $$"""
        {{AccountScripts.FindWindows(name)}}
        "$($account.SID):$(if ($account.Enabled) { 'no' } else { 'yes' })::yes:"
        """;
}
