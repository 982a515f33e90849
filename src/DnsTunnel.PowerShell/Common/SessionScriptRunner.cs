using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DnsTunnel.Response;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

/// <summary>Runs scripts on another host over PowerShell remoting: one self-contained block, no module needed there.</summary>
internal sealed class SessionScriptRunner(PSCmdlet cmdlet, Hashtable where) : IScriptRunner
{
    // A process of its own: its output is text, its exit code is known, and nothing of it stays in the session.
    private const string Invocation =
        """
        param($Where, $Language, $Script)
        Invoke-Command @Where -ErrorAction Stop -ArgumentList $Language, $Script -ScriptBlock {
            param($Language, $Script)
            if ($Language -eq 'Platform') { return [pscustomobject]@{ ExitCode = 0; Output = $(if ($env:OS -eq 'Windows_NT') { 'Windows' } else { 'Linux' }); Error = '' } }
            $start = [System.Diagnostics.ProcessStartInfo]::new()
            if ($Language -eq 'Shell') {
                $start.FileName = '/bin/sh'
                $start.Arguments = '-s'
                $Script = "PATH=`$PATH:/usr/local/sbin:/usr/sbin:/sbin LC_ALL=C; export PATH LC_ALL`n$Script`n"
            }
            else {
                $start.FileName = 'powershell.exe'
                $start.Arguments = '-NoProfile -NonInteractive -EncodedCommand ' + [convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($Script))
            }
            $start.UseShellExecute = $false
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            $process = [System.Diagnostics.Process]::Start($start)
            $failures = $process.StandardError.ReadToEndAsync()
            if ($Language -eq 'Shell') { $process.StandardInput.Write($Script) }
            $process.StandardInput.Close()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output; Error = $failures.Result }
        }
        """;

    /// <summary>A runner in a session.</summary>
    public SessionScriptRunner(PSCmdlet cmdlet, PSSession session) : this(cmdlet, new Hashtable { ["Session"] = session })
    {
    }

    /// <summary>A runner on a host, each script over a connection of its own.</summary>
    public SessionScriptRunner(PSCmdlet cmdlet, string computerName) : this(cmdlet, new Hashtable { ["ComputerName"] = computerName })
    {
    }

    /// <summary>What the other host is.</summary>
    /// <exception cref="ResponseException">It cannot be asked.</exception>
    public DnsTunnelPlatform Platform() => Invoke("Platform", "").Output.Trim() == "Windows" ? DnsTunnelPlatform.Windows : DnsTunnelPlatform.Linux;

    /// <inheritdoc/>
    public ScriptResult Run(ScriptLanguage language, string script, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Invoke(language.ToString(), script);
    }

    private ScriptResult Invoke(string language, string script)
    {
        try
        {
            var results = cmdlet.InvokeCommand.InvokeScript(Invocation, useNewScope: true, PipelineResultTypes.None, null, where, language, script);
            var result = results.LastOrDefault(item => item?.Properties["ExitCode"] is not null)
                ?? throw new ResponseException(ResponseError.CommandFailed, "The other host gave no answer.");
            return new(Convert.ToInt32(ObjectProperties.Value(result, "ExitCode"), null), $"{ObjectProperties.Value(result, "Output")}", $"{ObjectProperties.Value(result, "Error")}");
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw new ResponseException(ResponseError.CommandFailed, $"The other host cannot be reached: {exception.Message}", exception);
        }
    }
}
