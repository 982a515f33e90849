using System.Diagnostics;
using System.Text;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>The shell on a pseudo terminal, which the script program of util-linux gives.</summary>
public sealed class InteractiveShellTests : IDisposable
{
    private const string Prompt = "PS> ";

    private readonly StringBuilder _screen = new();
    private readonly Process _process;
    private int _seen;

    public InteractiveShellTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs the script program of util-linux");
        _process = ShellProcess.Start("/usr/bin/script", ["-qec", $"dotnet '{ShellProcess.Path}' -NoLogo", "/dev/null"]);
        WaitFor(Prompt);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [Fact]
    public void Tab_completes_and_exit_gives_the_code()
    {
        Type("Get-Modu\t");
        WaitFor("Get-Module");
        Type("\r");
        WaitFor("Binary");
        Assert.Equal(5, Leave(5));
    }

    [Fact]
    public void Lines_are_read_until_the_statement_is_whole()
    {
        Type("if ($true) {\r");
        WaitFor(">> ");
        Type("6 * 7 }\r");
        WaitFor("\n42");
        Leave(0);
    }

    [Fact]
    public void Up_recalls_the_last_line()
    {
        Type("20 + 3\r");
        WaitFor("\n23");
        WaitFor(Prompt);
        Type("\e[A0\r");
        WaitFor("\n50");
        Leave(0);
    }

    [Fact]
    public void Ctrl_C_stops_a_pipeline_and_the_prompt_comes_back()
    {
        Type("'going'; for (;;) { }\r");
        WaitFor("\ngoing");
        Type("\u0003");
        WaitFor(Prompt);
        Type("'back'\r");
        WaitFor("\nback");
        Leave(0);
    }

    [Fact]
    public void Ctrl_C_stops_a_question()
    {
        Type("function f { param([Parameter(Mandatory)] $Name) $Name } f\r");
        WaitFor("Name: ");
        Type("\u0003");
        Assert.Equal(3, Leave(3));
    }

    private int Leave(int code)
    {
        WaitFor(Prompt);
        Type($"exit {code}\r");
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(20)), "exit does not end the shell");
        return _process.ExitCode;
    }

    private void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Reads on until the text shows, after what an earlier wait has seen.</summary>
    private void WaitFor(string text)
    {
        var buffer = new char[4096];
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
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
