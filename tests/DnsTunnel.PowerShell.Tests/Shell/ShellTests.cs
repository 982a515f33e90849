using System.Diagnostics;

namespace DnsTunnel.PowerShell.Tests;

public sealed class ShellTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel-shell-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Command_writes_output_and_ends_with_zero() =>
        Assert.Equal(new ShellProcess(0, "2\nü→\n", ""), ShellProcess.Run("-Command", "1 + 1;", "'ü→'"));

    [Theory]
    [InlineData("throw 'boom'", 1)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 0", 0)]
    [InlineData("1 +", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Command no-such-command", 1)]
    [InlineData("Get-Command no-such-command", 1)]
    [InlineData("Get-Command no-such-command; 'went on'", 0)]
    [InlineData("New-DnsTunnelException -Domain 'a..b' -Reason x", 1)]
    [InlineData("Get-DnsDomainVolume -Path no-such.pcap", 1)]
    [InlineData("dotnet no-such-command-of-dotnet", 1)]
    [InlineData("Get-Command no-such-command; exit 0", 0)]
    public void Exit_code_tells_how_it_ended(string command, int expected) =>
        Assert.Equal(expected, ShellProcess.Run("-Command", command).ExitCode);

    [Fact]
    public void Errors_and_messages_go_to_standard_error()
    {
        var run = ShellProcess.Run("-Command", "'out'; $Host.UI.WriteWarningLine('careful'); throw 'boom'");

        Assert.Equal("out\n", run.Output);
        Assert.Contains("WARNING: careful", run.Error);
        Assert.Contains("boom", run.Error);
    }

    [Fact]
    public void A_syntax_error_says_what_is_wrong() =>
        Assert.Contains("value expression", ShellProcess.Run("-Command", "1 +").Error);

    [Fact]
    public void File_gets_its_arguments_as_they_are()
    {
        var script = Script("[x] it's.ps1", "param([int] $Top = 1, [switch] $Quiet, [Parameter(ValueFromRemainingArguments)] $Rest)\n\"$Top $Quiet $($Rest -join '|')\"");

        Assert.Equal("5 True a b|it's|c\"d|$(1+1);exit 3|-5\n", ShellProcess.Run("-File", script, "-Top", "5", "a b", "it's", "-Quiet", "c\"d", "$(1+1);exit 3", "-5").Output);
        Assert.Equal("7 False \n", ShellProcess.Run("-File", script, "-Top:7", "-Quiet:$false").Output);
        Assert.Equal("1 False \n", ShellProcess.Run(script).Output);
    }

    [Fact]
    public void File_with_a_wrong_argument_fails()
    {
        var run = ShellProcess.Run("-File", Script("a.ps1", "param([int] $Top)"), "-Top", "many");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("many", run.Error);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'x'", 1)]
    [InlineData("New-DnsTunnelException -Domain 'a..b' -Reason x", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; New-DnsTunnelException -Domain 'a..b' -Reason x", 1)]
    [InlineData("if (1 {", 1)]
    [InlineData("'fine'", 0)]
    [InlineData("dotnet no-such-command-of-dotnet; 'went on'", 0)]
    [InlineData("dotnet no-such-command-of-dotnet; exit 0", 0)]
    [InlineData("dotnet no-such-command-of-dotnet; Get-Command no-such-command", 0)]
    public void File_exit_code(string text, int expected) => Assert.Equal(expected, ShellProcess.Run("-File", Script("a.ps1", text)).ExitCode);

    [Fact]
    public void Exit_in_a_script_that_a_script_calls_ends_the_called_one_only()
    {
        Script("inner.ps1", "exit 5");

        var run = ShellProcess.Run("-File", Script("outer.ps1", "& \"$PSScriptRoot/inner.ps1\"; \"then $LASTEXITCODE\""));

        Assert.Equal(new ShellProcess(0, "then 5\n", ""), run);
    }

    [Fact]
    public void Standard_input_is_the_script_when_nothing_else_is()
    {
        Assert.Equal(new ShellProcess(4, "3\n", ""), ShellProcess.RunWith("$sum = 1\n$sum + 2\nexit 4\n"));
        Assert.Equal(new ShellProcess(0, "3\n", ""), ShellProcess.RunWith("1 + 2", "-Command", "-"));
    }

    [Fact]
    public void The_staged_module_is_imported_and_found_by_name()
    {
        var run = ShellProcess.Run("-Command",
            "[DnsTunnel.DnsQuery].FullName; Remove-Module DnsTunnel; Import-Module DnsTunnel -ErrorAction Stop; (Get-Module DnsTunnel).ModuleBase");

        Assert.Equal($"DnsTunnel.DnsQuery\n{Repository.StagedModule}\n", run.Output);
    }

    [Fact]
    public void Redirected_output_is_plain_text_of_fixed_width()
    {
        var run = ShellProcess.Run("-Command", "Get-Module; \"`e[31mred`e[0m\"; $Host.UI.RawUI.BufferSize.Width; throw 'x'");

        Assert.Contains("ModuleType", run.Output);
        Assert.Contains("red\n120\n", run.Output);
        Assert.DoesNotContain('\e', run.Output + run.Error);
    }

    [Fact]
    public void A_question_that_nobody_can_answer_is_an_error_with_a_remedy()
    {
        var run = ShellProcess.Run("-Command",
            "function f { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() $PSCmdlet.ShouldProcess('x') } f -Confirm:$false; f");

        Assert.Equal("True\n", run.Output);
        Assert.Contains("-Confirm:$false", run.Error);
    }

    [Theory]
    [InlineData("-Bogus")]
    [InlineData("-File")]
    [InlineData("-Command")]
    [InlineData("no-such-script.ps1")]
    public void A_wrong_option_is_named_and_ends_with_64(string option)
    {
        var run = ShellProcess.Run(option);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(option, run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void An_interrupt_lets_the_script_clean_up_and_ends_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no signal to send");
        using var process = ShellProcess.Start("dotnet",
            [ShellProcess.Path, "-Command", "$Host.UI.WriteLine('going'); try { for (;;) { } } finally { $Host.UI.WriteLine('cleaned up') }"]);
        Assert.Equal("going", process.StandardOutput.ReadLine());

        Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExit();

        Assert.Equal("cleaned up", process.StandardOutput.ReadLine());
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal(130, process.ExitCode);
    }

    [Fact]
    public void Help_and_version()
    {
        Assert.Contains("-File script.ps1", ShellProcess.Run("-Help").Output);
        Assert.Matches(@"^DnsTunnel\.Shell \d+\.\d+\.\d+\n$", ShellProcess.Run("--version").Output);
    }

    private string Script(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
