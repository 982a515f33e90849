using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

/// <summary>Runs scripts whose shell is killed (SIGKILL) before or after the n-th command that it starts, and dies with it.</summary>
internal sealed class KillingRunner : IScriptRunner
{
    private const int Killed = 128 + 9;

    private readonly string _folder;
    private readonly IScriptRunner _inner;

    /// <summary>Makes it for chosen commands, found before those of PATH.</summary>
    public KillingRunner(TemporaryFolder folder, IScriptRunner inner, params string[] commands)
    {
        (_folder, _inner) = (Directory.CreateDirectory(folder.File("shims")).FullName, inner);
        foreach (var command in commands)
        {
            var path = Path.Combine(_folder, command);
            File.WriteAllText(path,
                $$"""
                #!/bin/sh
                PATH=$(printf %s "$PATH" | sed 's#{{_folder}}:##')
                read -r n when < {{_folder}}/plan
                echo >> {{_folder}}/count
                [ "$(wc -l < {{_folder}}/count)" = "$n" ] || when=never
                [ $when != before ] || { kill -KILL $PPID; exit; }
                {{command}} "$@"
                result=$?
                [ $when != after ] || kill -KILL $PPID
                exit $result

                """);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Where the next death is.</summary>
    public void Plan(int command, string when)
    {
        File.WriteAllText(Path.Combine(_folder, "plan"), $"{command} {when}\n");
        File.WriteAllText(Path.Combine(_folder, "count"), "");
    }

    public ScriptResult Run(ScriptLanguage language, string script, CancellationToken token)
    {
        // A shell of its own, so that its death is told by an exit code.
        var result = _inner.Run(language, $"PATH={_folder}:$PATH sh -c {ShellText.Quote(script)}", token);
        return result.ExitCode == Killed ? throw new CrashException() : result;
    }
}
