using System.Text.RegularExpressions;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>What a scheduler is told at the end of the command that was registered.</summary>
public sealed class MonitorExitCodeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    private string State => Path.Combine(_folder, "state.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_0_with_and_without_findings()
    {
        var command = Register(Log());
        Assert.Equal(0, Run(command).ExitCode);
        Assert.Single(AlertFile.Read(Path.Combine(_folder, "alerts.ndjson")));
        Assert.Equal(0, Run(command).ExitCode);
    }

    [Fact]
    public void It_is_0_while_a_receiver_is_down() =>
        Assert.Equal(0, Run(Register(Log(), "-Uri http://127.0.0.1:9/")).ExitCode);

    [Fact]
    public void It_is_1_when_there_is_no_file()
    {
        var run = Run(Register(Path.Combine(_folder, "none.log")));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("none.log", run.Error);
    }

    [Fact]
    public void It_is_1_when_one_of_the_files_cannot_be_read_and_the_others_are_judged()
    {
        var broken = Path.Combine(_folder, "broken.log");
        File.WriteAllText(broken, "nothing\nof\nthe kind\n");
        Assert.Equal(1, Run(Register($"{broken}', '{Log()}")).ExitCode);
        Assert.Single(AlertFile.Read(Path.Combine(_folder, "alerts.ndjson")));
    }

    [Fact]
    public void It_is_1_while_another_monitor_has_the_state()
    {
        using var held = new FileStream(State + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var run = Run(Register(Log()));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("state.json", run.Error);
    }

    private string Log()
    {
        var log = new ZeekLog(Path.Combine(_folder, "dns.log"), seed: 2);
        log.Tunnel(200, DateTime.UtcNow.AddMinutes(-1), TimeSpan.FromSeconds(30), "tunnel.example", "192.0.2.7");
        return log.Path;
    }

    /// <summary>The words of the service's command.</summary>
    private string[] Register(string path, string arguments = "")
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("reads a unit of systemd");
        var run = ShellProcess.Run("-Command", $"""
            $env:XDG_CONFIG_HOME = '{_folder}'
            $monitor = Register-DnsTunnelMonitor -Path '{path}' -Scheduler Systemd -Scope User -StatePath '{State}' -OutFile '{_folder}/alerts.ndjson' {arguments} -WarningAction SilentlyContinue
            $monitor.Paths[0]
            """);
        Assert.Equal("", run.Error);
        var line = File.ReadLines(run.Output.Trim()).Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal));
        // systemd.service(5): "Command lines".
        return [.. Regex.Matches(line, """
            "((?:[^"\\]|\\.)*)"
            """.Trim()).Select(m => Regex.Replace(m.Groups[1].Value, @"\\(.)", "$1").Replace("%%", "%").Replace("$$", "$"))];
    }

    private static ShellProcess Run(string[] words)
    {
        using var process = ShellProcess.Start(words[0], words[1..]);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ShellProcess(process.ExitCode, output, error.Result);
    }
}
