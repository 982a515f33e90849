using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Expiry;

/// <summary>
/// Timers of Linux. A transient timer (systemd-run) ends with a restart, and a block in a file does not: so unit files are written, and
/// Persistent makes up for a time that passed while the host was off, as at does.
/// </summary>
internal static class LinuxTimer
{
    private const string UnitFolder = "/etc/systemd/system", ScriptFolder = "/var/lib/DnsTunnel";

    /// <summary>The step that arms a timer.</summary>
    public static ScriptStep Step(string id, TimeSpan time, string undo, TimerKind kind)
    {
        var (systemd, at) = (Systemd(id, time, undo), At(id, time, undo));
        var apply = kind switch
        {
            TimerKind.Systemd => systemd,
            TimerKind.At => at,
            _ => $"if [ -d /run/systemd/system ]; then\n{systemd}\nelif command -v at > /dev/null && cat /proc/[0-9]*/comm 2> /dev/null | grep -qx atd; then\n{at}\n" +
                "else\necho 'Neither systemd nor the daemon of at is here to end this in time.' >&2; exit 1\nfi",
        };
        // A unit that has run takes its files away, and a job that has run is gone.
        return new(ScriptLanguage.Shell,
            apply,
            $"""
            found=
            if command -v atq > /dev/null; then for job in $(atq | cut -f 1); do if at -c "$job" | grep -qx '# {Unit(id)}'; then found=$job; fi; done; fi
            if [ -e {UnitFolder}/{Unit(id)}.timer ]; then echo 'a timer of systemd'
            elif [ -n "$found" ]; then echo 'a job of at'
            else echo {ScriptStep.Absent}
            fi
            """,
            $"""
            if [ -e {UnitFolder}/{Unit(id)}.timer ] || [ -e {UnitFolder}/{Unit(id)}.service ] || [ -e {ScriptFolder}/{Unit(id)}.sh ]; then
            if [ -e {UnitFolder}/{Unit(id)}.timer ] && [ -d /run/systemd/system ]; then systemctl disable --now {Unit(id)}.timer; fi
            rm -f {UnitFolder}/{Unit(id)}.timer {UnitFolder}/{Unit(id)}.service {ScriptFolder}/{Unit(id)}.sh
            if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
            fi
            if command -v atq > /dev/null; then
            for job in $(atq | cut -f 1); do if at -c "$job" | grep -qx '# {Unit(id)}'; then atrm "$job"; fi; done
            fi
            """);
    }

    private static string Unit(string id) => $"dnstunnel-{id}";

    private static string Systemd(string id, TimeSpan time, string undo) =>
        $"""
        mkdir -p -m 700 {ScriptFolder} && cat > {ScriptFolder}/{Unit(id)}.sh <<'END' || exit 1
        {undo}
        rm -f {UnitFolder}/{Unit(id)}.timer {UnitFolder}/{Unit(id)}.service {UnitFolder}/timers.target.wants/{Unit(id)}.timer {ScriptFolder}/{Unit(id)}.sh
        systemctl daemon-reload
        END
        cat > {UnitFolder}/{Unit(id)}.service <<'END' || exit 1
        [Unit]
        Description=End of DnsTunnel response {id}
        [Service]
        Type=oneshot
        ExecStart=/bin/sh {ScriptFolder}/{Unit(id)}.sh
        END
        cat > {UnitFolder}/{Unit(id)}.timer <<END || exit 1
        [Unit]
        Description=End of DnsTunnel response {id}
        [Timer]
        OnCalendar=$(date -u -d "@$(($(date +%s) + {Whole(time.TotalSeconds)}))" '+%Y-%m-%d %H:%M:%S UTC')
        Persistent=true
        AccuracySec=1s
        [Install]
        WantedBy=timers.target
        END
        systemctl daemon-reload && systemctl enable --now {Unit(id)}.timer || exit 1
        """;

    // at knows whole minutes only, and leaves the seconds of "now" out: one more, so that it never ends early.
    private static string At(string id, TimeSpan time, string undo) =>
        $"""
        at now + {Whole(time.TotalMinutes) + 1} minutes <<'END' || exit 1
        # {Unit(id)}
        {undo}
        END
        """;

    private static long Whole(double value) => (long)Math.Ceiling(value);
}
