using System.Globalization;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Response.Processes;

/// <summary>A process that cannot be taken for a later one of the same id.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it started, UTC, to about a second.</param>
internal sealed record ProcessIdentity(int Id, DateTime Started)
{
    // The boot time that Linux tells is in whole seconds and moves with the clock.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The start in the unit of the kernel of Linux, which is exact; null where that is not known.</summary>
    public long? Ticks { get; init; }

    /// <summary>Its name, printable; null where that is not known.</summary>
    public string? Name { get; init; }

    /// <summary>In one word.</summary>
    public string Target => string.Create(CultureInfo.InvariantCulture, $"{Id}@{Started:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    /// <summary>Whether a target of the journal is the process of an id and a start.</summary>
    public static bool IsTarget(string target, int id, DateTime started) =>
        target.Split('@') is [var number, var time] && number == id.ToString(CultureInfo.InvariantCulture) &&
        DateTime.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var begun) &&
        (begun - started.ToUniversalTime()).Duration() <= s_tolerance;

    /// <summary>Asks a host for the process that has an id now.</summary>
    /// <param name="runner">The host.</param>
    /// <param name="platform">Its platform.</param>
    /// <param name="id">The id.</param>
    /// <param name="started">When the process that is meant started; null for whichever has the id.</param>
    /// <param name="token">Stops the asking.</param>
    /// <exception cref="ResponseException">There is none, or it started at another time.</exception>
    public static ProcessIdentity Find(IScriptRunner runner, DnsTunnelPlatform platform, int id, DateTime? started, CancellationToken token)
    {
        var (exitCode, output, _) = platform == DnsTunnelPlatform.Windows
            ? runner.Run(ScriptLanguage.PowerShell, WindowsScript(id), token)
            : runner.Run(ScriptLanguage.Shell, LinuxScript(id), token);
        var lines = output.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (exitCode != 0 || lines.Length < 3) throw new ResponseException(ResponseError.ProcessNotFound, $"There is no process {id}.");

        var found = new ProcessIdentity(id, DateTime.UnixEpoch.AddSeconds(double.Parse(lines[0], CultureInfo.InvariantCulture)))
        {
            Ticks = platform == DnsTunnelPlatform.Linux ? long.Parse(lines[1], CultureInfo.InvariantCulture) : null,
            Name = Printable.Text(lines[2]),
        };
        if (started is { } time && (found.Started - time.ToUniversalTime()).Duration() > s_tolerance)
        {
            throw new ResponseException(ResponseError.ProcessNotFound,
                $"The process {id} started at {found.Started:yyyy-MM-dd HH:mm:ss} UTC, not at {time.ToUniversalTime():yyyy-MM-dd HH:mm:ss}: the id has been used again.");
        }
        return found;
    }

    private static string LinuxScript(int id) =>
        $$"""
        line=$(sed 's/^.*) //' /proc/{{id}}/stat 2> /dev/null) || exit 1
        case "$line" in '' | Z* | X*) exit 1 ;; esac
        ticks=$(echo "$line" | cut -d ' ' -f 20)
        awk -v ticks="$ticks" -v rate="$(getconf CLK_TCK)" '$1 == "btime" { printf "%.2f\n", $2 + ticks / rate }' /proc/stat
        echo "$ticks"
        cat /proc/{{id}}/comm
        """;

    private static string WindowsScript(int id) =>
        $$"""
        $process = Get-Process -Id {{id}} -ErrorAction Stop
        ($process.StartTime.ToUniversalTime() - [datetime]'1970-01-01').TotalSeconds.ToString([cultureinfo]::InvariantCulture)
        'exact'
        $process.ProcessName
        """;
}
