using DnsTunnel.Monitoring.Scheduling;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Monitoring;

/// <summary>A real cron, with tables of its own, runs what is registered with the arguments as they are.</summary>
public sealed class CronTests : IDisposable
{
    private const string Hostile = "a b%i %h $HOME \"q\" 'p' \\n `id` $(id) ; & | # * ü";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_runs_those_of_the_system_and_of_a_user()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("needs root on Linux");
        var cron = Programs.Require("cron", "cron");
        _ = Programs.Require("crontab", "cron");
        var unshare = Programs.Require("unshare", "util-linux");
        var schedule = new CronSchedule();
        var (system, user, always) = (Output("system"), Output("user"), Output("always"));
        var file = Assert.Single(schedule.Register(Request(system, DnsTunnelMonitorScope.System, TimeSpan.FromMinutes(1))).Files);
        var table = Path.Combine(_folder, "table");
        File.WriteAllText(table, file.Content);
        var userScript = schedule.Register(Request(user, DnsTunnelMonitorScope.User, TimeSpan.FromMinutes(1))).Script;
        var alwaysScript = schedule.Register(Request(always, DnsTunnelMonitorScope.User, every: null) with { Name = "always" }).Script;
        // The tables of this computer stay out of sight, and those of the test go with the namespace.
        var script = $"""
            set -e
            for folder in /etc/cron.d /var/spool/cron /run; do mount -t tmpfs tmpfs $folder; done
            mount --bind /dev/null /etc/crontab
            mkdir -m 1730 /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs
            install -m 644 {ShellText.Quote(table)} /etc/cron.d/{Path.GetFileName(file.Path)}
            {userScript}
            {alwaysScript}
            exec {cron} -f
            """;
        using var daemon = Programs.Start(unshare, "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", script);
        try
        {
            string[] outputs = [system, user, always];
            Assert.True(SpinWait.SpinUntil(() => daemon.HasExited || outputs.All(File.Exists), s_patience));
            Assert.False(daemon.HasExited, daemon.HasExited ? daemon.StandardError.ReadToEnd() : "");
            Assert.All(outputs, output => Assert.Equal(Hostile, File.ReadAllText(output)));
        }
        finally
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
        }
    }

    private string Output(string name) => Path.Combine(_folder, name);

    /// <summary>Writes its last argument to a file that is there when it is whole.</summary>
    private ScheduleRequest Request(string output, DnsTunnelMonitorScope scope, TimeSpan? every) => new()
    {
        Name = "test",
        Scope = scope,
        Every = every,
        Command = ["/bin/sh", "-c", "printf %s \"$2\" > \"$1.new\" && mv \"$1.new\" \"$1\"", "sh", output, Hostile],
        Script = Hostile,
        WritablePaths = [Output("state %h")],
    };
}
