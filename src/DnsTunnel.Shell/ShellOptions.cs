using System.Diagnostics.CodeAnalysis;

namespace DnsTunnel.Shell;

/// <summary>The command line, in the manner of pwsh: options first, and all after -File or -Command belongs to the script.</summary>
internal sealed record ShellOptions(ShellMode Mode, string Text = "", IReadOnlyList<string>? Arguments = null, bool NoLogo = false, bool NonInteractive = false)
{
    public const string Help = """
        DnsTunnel.Shell runs PowerShell scripts with the DnsTunnel module imported.

          DnsTunnel.Shell                            interactive
          DnsTunnel.Shell -File script.ps1 [args]    runs a script: -Name value, -Switch, positional
          DnsTunnel.Shell -Command "text"            runs the text; - reads it from standard input

          -NoLogo            no banner
          -NonInteractive    a prompt is an error, as it is when standard input is redirected
          -NoProfile         accepted for pwsh's sake; there are no profiles
          -Version, -Help

        Exit code: 0; 1 after a terminating error, or when the last statement of -Command failed; N after 'exit N';
        64 for a wrong option; 130 after Ctrl+C. A script that must stop at an error sets $ErrorActionPreference = 'Stop'.
        Only the core cmdlets of PowerShell are here (Where-Object, ForEach-Object, Get-Help ...); pwsh has the rest.

        """;

    public static bool TryParse(
        IReadOnlyList<string> args, bool inputRedirected,
        [NotNullWhen(true)] out ShellOptions? options, [NotNullWhen(false)] out string? problem)
    {
        var (noLogo, nonInteractive) = (false, false);
        (options, problem) = (null, null);
        for (var i = 0; i < args.Count; i++)
        {
            switch (Name(args[i]))
            {
                case "nologo" or "noprofile":
                    noLogo = true;
                    break;
                case "noninteractive":
                    nonInteractive = true;
                    break;
                case "help" or "h" or "?":
                    options = new(ShellMode.Help);
                    return true;
                case "version" or "v":
                    options = new(ShellMode.Version);
                    return true;
                case "file" or "f" when i + 1 < args.Count:
                    return ForFile(i + 1, out options, out problem);
                case "command" or "c" when i + 1 < args.Count:
                    options = args[i + 1] == "-"
                        ? new(ShellMode.StandardInput, NonInteractive: nonInteractive)
                        : new(ShellMode.Command, string.Join(' ', args.Skip(i + 1)), NonInteractive: nonInteractive);
                    return true;
                case "file" or "f" or "command" or "c":
                    problem = $"{args[i]} needs a value.";
                    return false;
                case null:
                    return ForFile(i, out options, out problem);
                default:
                    problem = $"Unknown option '{args[i]}'.";
                    return false;
            }
        }
        options = new(inputRedirected ? ShellMode.StandardInput : ShellMode.Interactive, NoLogo: noLogo, NonInteractive: nonInteractive);
        return true;

        bool ForFile(int at, out ShellOptions? options, out string? problem)
        {
            var exists = File.Exists(args[at]);
            options = exists ? new(ShellMode.File, args[at], [.. args.Skip(at + 1)], NonInteractive: nonInteractive) : null;
            problem = exists ? null : $"There is no script file '{args[at]}'.";
            return exists;
        }
    }

    /// <summary>An option's name without its dashes; null for anything else.</summary>
    private static string? Name(string argument) =>
        argument.Length > 1 && argument[0] == '-' ? argument.TrimStart('-').ToLowerInvariant() : null;
}
