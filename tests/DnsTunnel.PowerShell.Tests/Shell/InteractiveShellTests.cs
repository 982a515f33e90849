namespace DnsTunnel.PowerShell.Tests;

/// <summary>The shell on a pseudo terminal, which the script program of util-linux gives.</summary>
public sealed class InteractiveShellTests : IDisposable
{
    private const string Prompt = "PS> ";

    private readonly PseudoTerminal _terminal = new($"dotnet '{ShellProcess.Path}' -NoLogo");

    public InteractiveShellTests() => WaitFor(Prompt);

    public void Dispose() => _terminal.Dispose();

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
        return _terminal.WaitForExit();
    }

    private void Type(string keys) => _terminal.Type(keys);

    private void WaitFor(string text) => _terminal.WaitFor(text);
}
