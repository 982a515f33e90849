using System.Management.Automation.Runspaces;
using System.Text;

namespace DnsTunnel.Shell;

/// <summary>Runs a script to its end and turns that into an exit code.</summary>
internal static class ScriptRunner
{
    public static int Run(ShellSession session, ShellOptions options)
    {
        var end = options.Mode switch
        {
            ShellMode.File => RunFile(session, options),
            ShellMode.StandardInput => RunText(session, ReadStandardInput()),
            _ => RunText(session, options.Text),
        };
        return end switch
        {
            PipelineEnd.Interrupted => ExitCode.Interrupted,
            PipelineEnd.Failed => ExitCode.Failure,
            _ => session.Host.RequestedExit ?? (FailedQuietly(session, options.Mode) ? ExitCode.Failure : ExitCode.Success),
        };
    }

    /// <summary>The error of a cmdlet ends its statement and not the text; pwsh fails then too, for -Command and not for -File.</summary>
    private static bool FailedQuietly(ShellSession session, ShellMode mode) => mode != ShellMode.File && !session.LastStatementSucceeded();

    private static PipelineEnd RunFile(ShellSession session, ShellOptions options)
    {
        session.LetScriptsExit();
        return session.Run(shell =>
        {
            var script = new Command(Path.GetFullPath(options.Text), isScript: false, useLocalScope: false);
            foreach (var parameter in ScriptArguments.Parse(options.Arguments ?? [])) script.Parameters.Add(parameter);
            shell.Commands.AddCommand(script);
        });
    }

    /// <summary>The engine forgets $? after a pipeline that is not for the history.</summary>
    private static PipelineEnd RunText(ShellSession session, string text) =>
        string.IsNullOrWhiteSpace(text) ? PipelineEnd.Completed : session.Run(shell => shell.AddScript(text), addToHistory: true);

    private static string ReadStandardInput()
    {
        using var reader = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
