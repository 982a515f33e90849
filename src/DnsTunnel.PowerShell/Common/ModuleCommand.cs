using System.Management.Automation;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

/// <summary>Commands by which something else than this process uses this module.</summary>
internal static class ModuleCommand
{
    /// <summary>The command, in the language of this computer; null when nothing here can run the module without this process.</summary>
    public static string? Undo(PSCmdlet cmdlet, string id, string journalPath)
    {
        var script = Import(cmdlet) +
            $"Undo-DnsTunnelResponse -Id {PowerShellText.Quote(id)} -JournalPath {PowerShellText.Quote(journalPath)} -Confirm:$false";
        if (Host() is not { } host) return null;
        string[] words = [.. host, script];
        return OperatingSystem.IsWindows()
            ? "& " + string.Join(' ', words.Select(PowerShellText.Quote))
            : string.Join(' ', words.Select(ShellText.Quote));
    }

    /// <summary>The words of a command that runs a script; null when nothing here can run the module without this process.</summary>
    public static string[]? Words(string script) => Host() is { } host ? [.. host, script] : null;

    /// <summary>The beginning of every script that uses the module.</summary>
    public static string Import(PSCmdlet cmdlet) =>
        $"Import-Module -Name {PowerShellText.Quote(Path.Combine(cmdlet.MyInvocation.MyCommand.Module.ModuleBase, "DnsTunnel.psd1"))}; ";

    private static string[]? Host()
    {
        var self = Environment.ProcessPath ?? "";
        var main = Environment.GetCommandLineArgs()[0];
        if (Path.GetFileNameWithoutExtension(main) == "DnsTunnel.Shell")
            return Path.GetExtension(main) == ".dll" && Path.GetFileNameWithoutExtension(self) == "dotnet" ? [self, main, "-Command"] : [self, "-Command"];
        var pwsh = Path.GetFileNameWithoutExtension(self) == "pwsh" ? self : Find("pwsh");
        return pwsh is null ? null : [pwsh, "-NoProfile", "-NonInteractive", "-Command"];
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);
}
