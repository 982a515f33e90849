using System.ComponentModel;
using System.Diagnostics;

namespace DnsTunnel.Response.Scripts;

/// <summary>Runs scripts on this machine, in a process of their own.</summary>
internal sealed class LocalScriptRunner : IScriptRunner
{
    // sudo and cron leave out the folders where nft, usermod and their like are.
    private const string AdministratorFolders = ":/usr/local/sbin:/usr/sbin:/sbin";

    /// <inheritdoc/>
    public ScriptResult Run(ScriptLanguage language, string script, CancellationToken token)
    {
        var start = language == ScriptLanguage.Shell
            ? new ProcessStartInfo("/bin/sh", ["-c", script])
            : new ProcessStartInfo("powershell.exe", ["-NoProfile", "-NonInteractive", "-EncodedCommand", PowerShellText.EncodedCommand(script)]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        if (language == ScriptLanguage.Shell) start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + AdministratorFolders;
        // What a script compares must not be in the language of the user.
        start.Environment["LC_ALL"] = "C";
        return Run(start, token);
    }

    /// <summary>Runs a program without input to its end.</summary>
    /// <exception cref="ResponseException">It cannot be started.</exception>
    public static ScriptResult Run(ProcessStartInfo start, CancellationToken token)
    {
        try
        {
            using var process = Process.Start(start)!;
            using var stop = token.Register(() => Kill(process));
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            token.ThrowIfCancellationRequested();
            return new(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception exception)
        {
            throw new ResponseException(ResponseError.CommandFailed, $"Cannot start '{start.FileName}': {exception.Message}", exception);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }
}
