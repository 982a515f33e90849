using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Runspaces;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>
/// A runspace of the real engine with the staged module imported by path, as a user's session is.
/// The streams hold what the last <see cref="Run"/> wrote.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleSession(bool import = true)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
        if (!import) return;
        Run("param($Path) Import-Module -Name $Path -ErrorAction Stop", ("Path", Repository.Manifest));
    }

    public RecordingHost Host { get; } = new();
    public List<ErrorRecord> Errors { get; } = [];
    public List<string> Warnings { get; } = [];
    public List<string> Verbose { get; } = [];
    public List<string> Information { get; } = [];
    public List<ProgressRecord> Progress { get; } = [];

    /// <summary>Runs a script to its end; parameters go to its param block. A terminating error is thrown.</summary>
    public List<PSObject> Run(string script, params (string Name, object? Value)[] parameters)
    {
        using var shell = CreatePipeline(script, parameters);
        try
        {
            return [.. shell.Invoke()];
        }
        finally
        {
            Collect(shell);
        }
    }

    /// <summary>The same with objects as pipeline input of the script ($input).</summary>
    public List<PSObject> RunWith(IEnumerable<object> input, string script, params (string Name, object? Value)[] parameters)
    {
        using var shell = CreatePipeline(script, parameters);
        try
        {
            return [.. shell.Invoke(input)];
        }
        finally
        {
            Collect(shell);
        }
    }

    /// <summary>The terminating error a script must end with.</summary>
    public ErrorRecord RunToError(string script, params (string Name, object? Value)[] parameters) =>
        Assert.ThrowsAny<RuntimeException>(() => Run(script, parameters)).ErrorRecord;

    /// <summary>What a user would see of the output: through the default views, on a screen 100 wide, without colours.</summary>
    public string Show(string script, params (string Name, object? Value)[] parameters)
    {
        Host.Recorded.Clear();
        using var shell = CreatePipeline(script, parameters);
        shell.AddCommand("Out-Default");
        shell.Invoke();
        Collect(shell);
        return new StringDecorated(Host.Recorded.Text).ToString(OutputRendering.PlainText);
    }

    /// <summary>Completion of a line with the cursor at its end, from within the pipeline as TabExpansion2 asks for it.</summary>
    public List<CompletionResult> Complete(string line) =>
        Run("param($Line) [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches", ("Line", line))
            .ConvertAll(match => (CompletionResult)match.BaseObject);

    /// <summary>A pipeline not yet started, for tests that stop it (BeginInvoke, Stop); the caller disposes of it.</summary>
    public System.Management.Automation.PowerShell CreatePipeline(string script, params (string Name, object? Value)[] parameters)
    {
        var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (var (name, value) in parameters) shell.AddParameter(name, value);
        return shell;
    }

    public void Dispose() => _runspace.Dispose();

    private void Collect(System.Management.Automation.PowerShell shell)
    {
        Refill(Errors, shell.Streams.Error);
        Refill(Warnings, shell.Streams.Warning.Select(r => r.Message));
        Refill(Verbose, shell.Streams.Verbose.Select(r => r.Message));
        Refill(Information, shell.Streams.Information.Select(r => r.ToString()));
        Refill(Progress, shell.Streams.Progress);
    }

    private static void Refill<T>(List<T> list, IEnumerable<T> items)
    {
        list.Clear();
        list.AddRange(items);
    }
}
