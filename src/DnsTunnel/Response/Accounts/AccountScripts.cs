using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Accounts;

/// <summary>Disables an account and brings back how it was.</summary>
internal static class AccountScripts
{
    /// <summary>Puts the account into $account, and whether it is of the directory into $isOfDirectory.</summary>
    public static string FindWindows(string name)
    {
        var slash = name.IndexOf('\\');
        return
            $$"""
            $account = {{(slash < 0 ? $"Get-LocalUser -ErrorAction Stop | Where-Object Name -EQ {PowerShellText.Quote(name)}" : "$null")}}
            $isOfDirectory = -not $account
            if ($isOfDirectory) {
            if (-not (Get-Module -ListAvailable -Name ActiveDirectory)) { throw 'There is no such local account, and no ActiveDirectory module to ask the directory with.' }
            $account = Get-ADUser -Identity {{PowerShellText.Quote(name[(slash + 1)..])}} -ErrorAction Stop
            }
            """;
    }

    /// <summary>The step for Linux. Locking leaves keys of SSH in force, so the account expires too.</summary>
    /// <param name="name">The account.</param>
    /// <param name="before">How it is now; null when that is found out by whoever runs the script, and undo then takes it for an ordinary one.</param>
    public static ScriptStep Linux(string name, AccountState? before)
    {
        var account = ShellText.Quote(name);
        var expiry = ShellText.Quote(before?.Expiry ?? "");
        var undo = before switch
        {
            // A password that is set, if to nothing, counts as changed today.
            { HasPassword: false } => $"usermod -p '' -e {expiry} {account} && chage -d {(before.Changed.Length == 0 ? "-1" : before.Changed)} {account}",
            { IsDisabled: true } => $"usermod -e {expiry} {account}",
            _ => $"usermod -U -e {expiry} {account}",
        };
        return new(ScriptLanguage.Shell,
            $"usermod -L -e 1 {account}",
            $"awk -F : -v name={account} '$1 == name {{ print ($2 ~ /^!/ && $8 == \"1\" ? \"locked and expired\" : {(before is { IsDisabled: true } ? $"$8 == \"{before.Expiry}\"" : "$2 !~ /^!/")} ? \"{ScriptStep.Absent}\" : \"changed\") }}' /etc/shadow | grep .",
            undo);
    }

    /// <summary>The step for Windows, of this computer or of the directory.</summary>
    public static ScriptStep Windows(string name) => new(ScriptLanguage.PowerShell,
        $$"""
        {{FindWindows(name)}}
        if (-not $account.Enabled) { throw 'The account is disabled already.' }
        if ($isOfDirectory) { Disable-ADAccount -Identity $account -ErrorAction Stop } else { Disable-LocalUser -SID $account.SID -ErrorAction Stop }
        """,
        $$"""
        {{FindWindows(name)}}
        if ($account.Enabled) { '{{ScriptStep.Absent}}' } else { 'disabled' }
        """,
        $$"""
        {{FindWindows(name)}}
        if ($isOfDirectory) { Enable-ADAccount -Identity $account -ErrorAction Stop } else { Enable-LocalUser -SID $account.SID -ErrorAction Stop }
        """);
}
