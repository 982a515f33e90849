using System.Globalization;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Processes;

/// <summary>Stops a process, after a look at when it started.</summary>
internal sealed class ProcessProvider(ProcessIdentity process, DnsTunnelPlatform platform) : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Process";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Path => null;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request) => new([platform == DnsTunnelPlatform.Windows ? Windows() : Linux()])
    {
        Notes = [$"{(process.Name is null ? "" : $"It is '{process.Name}'. ")}This cannot be undone."],
    };

    // A stopped process keeps its id, so what is looked at is what is killed; one that took the id over only pauses.
    private ScriptStep Linux()
    {
        var id = process.Id;
        var condition = process.Ticks is { } ticks
            ? $"[ \"$start\" = {ticks} ]"
            : $"awk -v start=\"${{start:-0}}\" -v rate=\"$(getconf CLK_TCK)\" '$1 == \"btime\" {{ d = $2 + start / rate - {Epoch}; exit !(d < 2 && d > -2) }}' /proc/stat";
        var read = $"start=$(sed 's/^.*) //' /proc/{id}/stat 2> /dev/null | grep -v '^[ZX]' | cut -d ' ' -f 20)";
        return new(ScriptLanguage.Shell,
            $"""
            kill -STOP {id} || exit 1
            {read}
            if ! {condition}; then kill -CONT {id}; echo 'The process {id} is another one by now.' >&2; exit 1; fi
            kill -KILL {id} || exit 1
            for wait in 1 2 3 4 5 6 7 8 9 10; do {read}; [ -n "$start" ] || break; sleep 0.2; done
            """,
            $"""
            {read}
            if [ -n "$start" ] && {condition}; then echo {ScriptStep.Absent}; else echo stopped; fi
            """,
            "");
    }

    private ScriptStep Windows()
    {
        var find = $"$process = Get-Process -Id {process.Id} -ErrorAction SilentlyContinue | Where-Object {{ " +
            $"[math]::Abs(($_.StartTime.ToUniversalTime() - [datetime]'1970-01-01').TotalSeconds - {Epoch}) -lt 2 }}";
        return new(ScriptLanguage.PowerShell,
            $$"""
            {{find}}
            if (-not $process) { throw 'There is no process {{process.Id}} that started at {{process.Started:yyyy-MM-dd HH:mm:ss}} UTC.' }
            $process | Stop-Process -Force -ErrorAction Stop
            $process | Wait-Process -Timeout 10 -ErrorAction SilentlyContinue
            """,
            $$"""
            {{find}}
            if ($process) { '{{ScriptStep.Absent}}' } else { 'stopped' }
            """,
            "");
    }

    private string Epoch => (process.Started - DateTime.UnixEpoch).TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
}
