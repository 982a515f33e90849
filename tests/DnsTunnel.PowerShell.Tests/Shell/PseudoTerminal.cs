using System.Diagnostics;
using System.Text;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A command on a pseudo terminal, which the script program of util-linux gives; skips the test where that is not.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _screen = new();
    private readonly Process _process;
    private int _seen;

    public PseudoTerminal(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs the script program of util-linux");
        _process = ShellProcess.Start("/usr/bin/script", ["-qec", command, "/dev/null"]);
    }

    /// <summary>All that was written to it, as far as it was waited for.</summary>
    public string Screen => _screen.ToString();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Reads on until the text shows, after what an earlier wait has seen.</summary>
    public void WaitFor(string text)
    {
        var buffer = new char[4096];
        using var timeout = new CancellationTokenSource(s_patience);
        while (true)
        {
            var at = _screen.ToString(_seen, _screen.Length - _seen).IndexOf(text, StringComparison.Ordinal);
            if (at >= 0)
            {
                _seen += at + text.Length;
                return;
            }
            var read = ReadSome(buffer, timeout.Token);
            Assert.True(read > 0, $"'{text}' never showed on: {_screen}");
            _screen.Append(buffer, 0, read);
        }
    }

    /// <summary>The exit code of the command.</summary>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_patience), "it does not end");
        return _process.ExitCode;
    }

    private int ReadSome(char[] buffer, CancellationToken cancellation)
    {
        try
        {
            return _process.StandardOutput.ReadAsync(buffer, cancellation).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
