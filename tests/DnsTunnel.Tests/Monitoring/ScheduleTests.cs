using DnsTunnel.Monitoring.Scheduling;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Monitoring;

/// <summary>Units for systemd, by its own verifier; lines for cron, run by the shell.</summary>
public sealed class ScheduleTests : IDisposable
{
    /// <summary>Characters that mean something to systemd, cron, the shell or PowerShell.</summary>
    private const string Hostile = "a b%i %h $HOME ${x} \"q\" 'p' \\n `id` $(id) ; & | # * ü";

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DnsTunnelMonitorScope.System, true, true)]
    [InlineData(DnsTunnelMonitorScope.System, false, false)]
    [InlineData(DnsTunnelMonitorScope.User, true, false)]
    [InlineData(DnsTunnelMonitorScope.User, false, true)]
    public void Systemd_finds_nothing_wrong_with_units(DnsTunnelMonitorScope scope, bool isAlways, bool captures)
    {
        var verifier = Programs.Require("systemd-analyze", "systemd");
        var plan = new SystemdSchedule().Register(Request(isAlways ? null : TimeSpan.FromMinutes(15), scope) with { Captures = captures });
        var files = plan.Files.Select(f => Path.Combine(_folder, Path.GetFileName(f.Path))).ToArray();
        foreach (var (file, path) in plan.Files.Zip(files)) File.WriteAllText(path, file.Content);

        var (exitCode, output) = Programs.Run(verifier, ["verify", "--man=no", .. files]);

        Assert.DoesNotContain("dnstunnel", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, exitCode);
        Assert.Equal(isAlways ? 1 : 2, files.Length);
    }

    [Fact]
    public void Systemd_words_mean_themselves() =>
        Assert.Equal("\"a \\\"b\\\" %%i $$HOME \\\\n 'c'\"", SystemdText.Quote("a \"b\" %i $HOME \\n 'c'"));

    [Theory]
    [InlineData("00:15:00", "*/15 * * * *")]
    [InlineData("00:01:00", "*/1 * * * *")]
    [InlineData("01:00:00", "0 */1 * * *")]
    [InlineData("12:00:00", "0 */12 * * *")]
    public void Cron_has_times_for_what_divides_an_hour_or_a_day(string every, string times) =>
        Assert.StartsWith(times + " root ", CronLine(TimeSpan.Parse(every, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("00:07:00")]
    [InlineData("00:00:30")]
    [InlineData("05:00:00")]
    [InlineData("2.00:00:00")]
    public void Other_times_are_refused(string every)
    {
        var failure = Assert.Throws<ScheduleException>(() => CronLine(TimeSpan.Parse(every, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(ScheduleError.TimesNotValid, failure.Error);
    }

    [Fact]
    public void A_command_of_cron_gets_its_arguments_as_they_are()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("cron is of Unix");
        var line = CronLine(TimeSpan.FromMinutes(15));
        // What cron does before the shell sees it: an escaped % loses its backslash, a bare one would end the line.
        Assert.DoesNotContain("%", line.Replace("\\%", "", StringComparison.Ordinal));
        var command = line[(line.IndexOf(" root ", StringComparison.Ordinal) + 6)..].Replace("\\%", "%", StringComparison.Ordinal).Replace("> /dev/null", "", StringComparison.Ordinal);

        Assert.Equal($"[{Hostile}]\n", Programs.Run("/bin/sh", "-c", command).Output);
    }

    [Fact]
    public void The_table_of_a_user_is_as_before_in_the_end()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("cron is of Unix");
        var table = Path.Combine(_folder, "table");
        var crontab = Path.Combine(_folder, "crontab");
        File.WriteAllText(crontab, $"#!/bin/sh\nif [ \"$1\" = -l ]; then cat '{table}'; else cat > '{table}.new' && mv '{table}.new' '{table}'; fi\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(crontab, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        const string before = "# mine\n0 1 * * * true\n# DnsTunnel monitor other\n1 1 * * * true\n";
        File.WriteAllText(table, before);
        var schedule = new CronSchedule();

        foreach (var every in new TimeSpan?[] { TimeSpan.FromMinutes(15), null }) Assert.Equal(0, RunWithFolder(schedule.Register(Request(every, DnsTunnelMonitorScope.User)).Script));
        var during = File.ReadAllLines(table);
        Assert.Equal(0, RunWithFolder(schedule.Find("test", DnsTunnelMonitorScope.User)!));
        Assert.Equal(0, RunWithFolder(schedule.Unregister("test", DnsTunnelMonitorScope.User).Script));

        Assert.Equal("# DnsTunnel monitor test", during[^2]);
        Assert.StartsWith("* * * * * mkdir -p ", during[^1]);
        Assert.Equal(6, during.Length);
        Assert.Equal(before, File.ReadAllText(table));
        Assert.Equal(1, RunWithFolder(schedule.Find("test", DnsTunnelMonitorScope.User)!));
    }

    private static string CronLine(TimeSpan every) => Assert.Single(new CronSchedule().Register(Request(every, DnsTunnelMonitorScope.System)).Files).Content.TrimEnd('\n').Split('\n')[^1];

    private static ScheduleRequest Request(TimeSpan? every, DnsTunnelMonitorScope scope) => new()
    {
        Name = "test",
        Scope = scope,
        Every = every,
        Command = ["/usr/bin/printf", "[%s]\\n", Hostile],
        Script = Hostile,
        WritablePaths = ["/var/lib/a b%$c"],
    };

    private int RunWithFolder(string script) => Programs.Run("/bin/sh", "-c", $"PATH='{_folder}':$PATH\n{script}").ExitCode;
}
