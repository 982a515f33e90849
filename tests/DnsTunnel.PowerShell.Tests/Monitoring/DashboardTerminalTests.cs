namespace DnsTunnel.PowerShell.Tests;

/// <summary>The live view on a real terminal, and where there is none.</summary>
public sealed class DashboardTerminalTests : IDisposable
{
    private const string Leave = "\e[?25h\e[?1049l";

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    private string Monitor => $"Start-DnsTunnelMonitor -Dashboard -StatePath '{_folder}/state.json' -Path";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ctrl_C_leaves_the_terminal_as_it_was()
    {
        using var terminal = Open("$ErrorActionPreference = 'Stop'; $findings = " + Monitor + $" '{Log()}' -Interval 0:0:1");
        terminal.WaitFor("\e[?1049h\e[?25l\e[H");
        terminal.WaitFor("tunnel.example");
        terminal.Type("\u0003");
        terminal.WaitFor(Leave);
        terminal.WaitFor("after: ");
        terminal.WaitFor("\n");
        terminal.WaitForExit();

        Assert.Equal(1, Count(terminal.Screen, "\e[?1049h"));
        Assert.DoesNotContain("\e[H", terminal.Screen[terminal.Screen.LastIndexOf(Leave, StringComparison.Ordinal)..]);
        var modes = terminal.Screen.Split('\n').Where(l => l.StartsWith("before: ", StringComparison.Ordinal) || l.StartsWith("after: ", StringComparison.Ordinal));
        Assert.Single(modes.Select(m => m[(m.IndexOf(':') + 1)..].TrimEnd()).Distinct());
    }

    [Fact]
    public void What_goes_through_the_pipeline_is_the_same()
    {
        using var terminal = Open(Monitor + $" '{Log()}' -Interval 0:0:1 -Count 1 | ForEach-Object {{ [IO.File]::WriteAllText('{_folder}/found', $_.Domain) }}");
        terminal.WaitFor(Leave);
        terminal.WaitFor("after: ");
        Assert.Equal("tunnel.example", File.ReadAllText($"{_folder}/found"));
    }

    [Fact]
    public void Without_a_terminal_it_says_so_and_goes_on()
    {
        var run = ShellProcess.Run("-Command", Monitor + $" '{Log()}' -Once | ForEach-Object {{ $_.Domain }}");
        Assert.Contains("WARNING: No dashboard is shown: the output of this process does not go to a terminal. The monitor runs without it.", run.Output + run.Error);
        Assert.Contains("tunnel.example\n", run.Output);
        Assert.DoesNotContain("\e", run.Output + run.Error);
    }

    [Fact]
    public void A_terminal_that_is_too_small_is_none()
    {
        using var terminal = Open(Monitor + $" '{Log()}' -Once | ForEach-Object {{ }}", lines: 10);
        terminal.WaitFor("fewer than 60 columns or 20 lines");
        terminal.WaitFor("after: ");
        Assert.DoesNotContain("\e[?1049h", terminal.Screen);
    }

    // Ctrl+C reaches the outer shell too; a trap that does nothing lets it go on, and programs that it starts do not inherit it.
    private static PseudoTerminal Open(string command, int lines = 40) =>
        new($"trap : INT; stty rows {lines} cols 100; echo \"before: $(stty -g)\"; env TERM=xterm-256color dotnet '{ShellProcess.Path}' -NoLogo -Command \"{command.Replace("$", "\\$")}\"; echo \"after: $(stty -g)\"");

    private string Log()
    {
        var log = new ZeekLog(Path.Combine(_folder, "dns.log"), seed: 1);
        log.Tunnel(200, DateTime.UtcNow, TimeSpan.FromSeconds(1), "tunnel.example", "192.0.2.7");
        return log.Path;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
