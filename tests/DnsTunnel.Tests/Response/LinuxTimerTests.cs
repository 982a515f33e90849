using DnsTunnel.Response;
using DnsTunnel.Response.Expiry;
using DnsTunnel.Response.Hosts;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Tests.Response;

/// <summary>
/// The timers' own scripts. systemd does not run where tests do, so its folders are others here and systemctl is a program that notes
/// how it was called; systemd-analyze reads the units.
/// </summary>
public sealed class LinuxTimerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LinuxTimerTests()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("timers of Linux");
        Directory.CreateDirectory(_folder.File("units"));
        Directory.CreateDirectory(_folder.File("running"));
        var systemctl = _folder.File("systemctl", $"#!/bin/sh\necho \"$@\" >> {Calls}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(systemctl, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string Calls => _folder.File("calls");

    private string[] Files => [.. Directory.GetFiles(_folder.File("units")).Concat(Directory.Exists(_folder.File("state")) ? Directory.GetFiles(_folder.File("state")) : []).Select(f => Path.GetFileName(f)!).Order()];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_unit_of_systemd_is_made_read_and_removed()
    {
        var step = LinuxTimer.Step("1a2b3c4d", TimeSpan.FromMinutes(90), $"touch {_folder.File("undone")}", TimerKind.Systemd);
        Assert.Equal(ScriptStep.Absent, Run(step.InspectScript));
        Run(step.ApplyScript);

        Assert.Equal(["dnstunnel-1a2b3c4d.service", "dnstunnel-1a2b3c4d.sh", "dnstunnel-1a2b3c4d.timer"], Files);
        Assert.Equal(["daemon-reload", "enable --now dnstunnel-1a2b3c4d.timer"], File.ReadAllLines(Calls));
        Assert.Equal("a timer of systemd", Run(step.InspectScript));
        var calendar = File.ReadAllLines(_folder.File("units/dnstunnel-1a2b3c4d.timer")).Single(l => l.StartsWith("OnCalendar=", StringComparison.Ordinal))[11..];
        Assert.InRange(DateTime.Parse(calendar.Replace(" UTC", "Z"), null, System.Globalization.DateTimeStyles.AdjustToUniversal), DateTime.UtcNow.AddMinutes(89), DateTime.UtcNow.AddMinutes(91));

        Run(step.UndoScript);
        Assert.Empty(Files);
        Assert.Equal(["disable --now dnstunnel-1a2b3c4d.timer", "daemon-reload"], File.ReadAllLines(Calls)[2..]);
        Run(step.UndoScript);
        Assert.Equal(4, File.ReadAllLines(Calls).Length);
    }

    [Fact]
    public void What_the_unit_runs_undoes_the_action_and_leaves_nothing()
    {
        var step = LinuxTimer.Step("1a2b3c4d", TimeSpan.FromHours(1), $"(\ntouch {_folder.File("undone")}\n)", TimerKind.Systemd);
        Run(step.ApplyScript);
        Run($"sh {_folder.File("state/dnstunnel-1a2b3c4d.sh")}");

        Assert.True(File.Exists(_folder.File("undone")));
        Assert.Empty(Files);
        Assert.Equal(ScriptStep.Absent, Run(step.InspectScript));
    }

    [Fact]
    public void Systemd_itself_accepts_the_units()
    {
        var analyze = Programs.Require("systemd-analyze", "systemd");
        Run(LinuxTimer.Step("1a2b3c4d", TimeSpan.FromHours(1), "true", TimerKind.Systemd).ApplyScript);
        foreach (var kind in new[] { "service", "timer" })
        {
            var (exitCode, output) = Programs.Run(analyze, "verify", "--man=no", _folder.File($"units/dnstunnel-1a2b3c4d.{kind}"));
            Assert.True(exitCode == 0, output);
            Assert.DoesNotContain("dnstunnel-1a2b3c4d.timer:", output);
        }
    }

    [Fact]
    public void A_job_of_at_is_queued_and_removed()
    {
        Programs.Require("at", "at");
        var step = LinuxTimer.Step("1a2b3c4e", TimeSpan.FromHours(1), "true", TimerKind.At);
        Run(step.ApplyScript);
        Assert.Equal("a job of at", Run(step.InspectScript));
        Assert.Equal(ScriptStep.Absent, Run(LinuxTimer.Step("1a2b3c4f", TimeSpan.FromHours(1), "true", TimerKind.At).InspectScript));

        Run(step.UndoScript);
        Assert.Equal(ScriptStep.Absent, Run(step.InspectScript));
    }

    [Fact]
    public void A_timer_undoes_scripts_by_themselves_and_files_by_the_module()
    {
        var request = new ResponseRequest(DnsTunnelAction.IsolateHost, "host") { Id = "1a2b3c4d", ExpiresAfter = TimeSpan.FromHours(1) };
        var isolation = new ExpiringProvider(new NftProvider(new IsolationOptions()), TimerKind.At, null).Plan(request);
        Assert.Contains("nft delete table inet dnstunnel_1a2b3c4d", string.Join('\n', isolation.Steps[0].Changes));

        var block = new ResponseRequest(Hostile.Domain("blocked.example")) { Id = "1a2b3c4d", ExpiresAfter = TimeSpan.FromHours(1) };
        var rpz = new DnsTunnel.Response.Rpz.RpzProvider(_folder.File("policy.zone"));
        Assert.Contains("undo 1a2b3c4d", string.Join('\n', new ExpiringProvider(rpz, TimerKind.At, id => $"undo {id}").Plan(block).Steps[0].Changes));
        Assert.Equal(ResponseError.ExpiryNotPossible, Assert.Throws<ResponseException>(() => new ExpiringProvider(rpz, TimerKind.At, null).Plan(block)).Error);
    }

    private string Run(string script)
    {
        script = script.Replace("/etc/systemd/system", _folder.File("units")).Replace("/var/lib/DnsTunnel", _folder.File("state")).Replace("/run/systemd/system", _folder.File("running"));
        var result = new LocalScriptRunner().Run(ScriptLanguage.Shell, $"PATH={_folder.Path}:$PATH\n{script}", TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.Trim();
    }
}
