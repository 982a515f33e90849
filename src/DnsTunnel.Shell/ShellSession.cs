using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace DnsTunnel.Shell;

/// <summary>A runspace with the module imported, in which one pipeline at a time runs and Ctrl+C stops it.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Runspace _runspace;
    private PowerShell? _running;
    private bool _interrupted;

    private ShellSession(ShellHost host, Runspace runspace)
    {
        (Host, _runspace) = (host, runspace);
        Console.CancelKeyPress += OnCancelKeyPress;
    }

    public ShellHost Host { get; }

    public static ShellSession Open(string manifest, Version version, bool nonInteractive)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([manifest]);
        state.ThrowOnRunspaceOpenError = true;
        // What pwsh has on a fresh Windows; the engine alone would refuse every script there.
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;

        var host = new ShellHost(version, nonInteractive);
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        PSStyle.Instance.OutputRendering = Terminal.OutputIsTerminal && Terminal.ColorIsWanted ? OutputRendering.Host : OutputRendering.PlainText;
        AddToModulePath(Path.GetDirectoryName(Path.GetDirectoryName(manifest)!)!);
        return new ShellSession(host, runspace);
    }

    /// <summary>Runs a pipeline through the default views to the screen; tells how it ended.</summary>
    public PipelineEnd Run(Action<PowerShell> build, bool addToHistory = false)
    {
        using var shell = PowerShell.Create(_runspace);
        build(shell);
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[^1].MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output;
        _interrupted = false;
        _running = shell;
        try
        {
            shell.Invoke(input: null, new PSInvocationSettings { AddToHistory = addToHistory });
            return _interrupted ? PipelineEnd.Interrupted : PipelineEnd.Completed;
        }
        catch (PipelineStoppedException)
        {
            return PipelineEnd.Interrupted;
        }
        catch (RuntimeException error)
        {
            ShowError(error);
            return PipelineEnd.Failed;
        }
        finally
        {
            _running = null;
            Host.Screen.EndProgress();
        }
    }

    /// <summary>
    /// Makes 'exit N' in a script file end the session with N. Without, it ends the file and leaves $LASTEXITCODE, which any
    /// program that the file ran may have set too. pwsh -File sets the same switch; the engine has no public one.
    /// </summary>
    public void LetScriptsExit()
    {
        const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;
        var context = typeof(Runspace).GetProperty("ExecutionContext", Internal)?.GetValue(_runspace);
        context?.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Internal)?.SetValue(context, true);
    }

    /// <summary>$? after the last pipeline: whether its last statement went without an error.</summary>
    public bool LastStatementSucceeded()
    {
        using var shell = PowerShell.Create(_runspace);
        return shell.AddScript("$?").Invoke<bool>() is [true];
    }

    public CommandCompletion Complete(string input, int cursor)
    {
        using var shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(input, cursor, options: null, shell);
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKeyPress;
        _runspace.Dispose();
    }

    /// <summary>Shows the record by its view. WriteError would put its own position in the place of the error's.</summary>
    private void ShowError(RuntimeException error)
    {
        // The view of parse errors fails for a record without a position; a copy that holds the exception itself is shown plainly.
        var record = error.ErrorRecord.InvocationInfo is null ? new ErrorRecord(error.ErrorRecord, error) : error.ErrorRecord;
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default").AddParameter("InputObject", record);
        Host.Screen.OutputIsError = true;
        try
        {
            shell.Invoke();
        }
        finally
        {
            Host.Screen.OutputIsError = false;
        }
    }

    /// <summary>The first Ctrl+C stops the pipeline, which may take its time to clean up; the second ends the process.</summary>
    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs e)
    {
        if (_running is not { } running || _interrupted) return;
        _interrupted = true;
        e.Cancel = true;
        try
        {
            running.BeginStop(null, null);
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended on its own between the key and this line.
        }
    }

    /// <summary>After the engine has made its own path, so that 'Import-Module DnsTunnel' in a script finds the same module.</summary>
    private static void AddToModulePath(string folder)
    {
        var others = Environment.GetEnvironmentVariable("PSModulePath");
        Environment.SetEnvironmentVariable("PSModulePath", string.IsNullOrEmpty(others) ? folder : folder + Path.PathSeparator + others);
    }
}
