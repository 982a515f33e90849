using DnsTunnel.Response.Expiry;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Response.Hosts;

/// <summary>What a host tells of itself before something is done to it; the same way for this one and for others.</summary>
internal sealed record HostFacts(string Name)
{
    // sudo drops SSH_CONNECTION, so the processes above are asked too. "who" is missing on some systems that have loginctl.
    private const string ShellScript =
        """
        echo "host=$(uname -n)"
        if [ -d /run/systemd/system ]; then echo timer=Systemd
        elif command -v at > /dev/null && cat /proc/[0-9]*/comm 2> /dev/null | grep -qx atd; then echo timer=At
        fi
        pid=$$
        while [ "${pid:-0}" -gt 1 ]; do
            tr '\0' '\n' < "/proc/$pid/environ" 2> /dev/null | sed -n 's/^SSH_CONNECTION=/ssh=/p'
            pid=$(sed 's/.*) . \([0-9]*\) .*/\1/' "/proc/$pid/stat" 2> /dev/null)
        done
        if command -v who > /dev/null; then who | awk '{ print "account=" $1 }'
        elif command -v loginctl > /dev/null; then loginctl --no-legend list-sessions | awk '{ print "account=" $3 }'
        fi
        true
        """;

    private const string PowerShellScript =
        """
        "host=$env:COMPUTERNAME"
        'timer=ScheduledTask'
        if ($env:SSH_CONNECTION) { "ssh=$env:SSH_CONNECTION" }
        $ports = if ($PSSenderInfo) { 5985, 5986 } elseif ($env:SESSIONNAME -like 'RDP-*') { 3389 }
        if ($ports) { Get-NetTCPConnection -State Established -LocalPort $ports -ErrorAction SilentlyContinue | ForEach-Object { "peer=$($_.RemoteAddress) $($_.LocalPort)" } }
        Get-CimInstance -ClassName Win32_LoggedOnUser -ErrorAction SilentlyContinue | ForEach-Object { "account=$($_.Antecedent.Domain)\$($_.Antecedent.Name)" }
        """;

    /// <summary>The timers that end an action without this process.</summary>
    public TimerKind? Timer { get; init; }

    /// <summary>Who manages the host now.</summary>
    public ManagementPeer[] Management { get; init; } = [];

    /// <summary>Accounts that are logged on.</summary>
    public string[] Accounts { get; init; } = [];

    /// <summary>Asks a host.</summary>
    /// <exception cref="ResponseException">It cannot be asked.</exception>
    public static HostFacts Read(IScriptRunner runner, DnsTunnelPlatform platform, CancellationToken token)
    {
        var (exitCode, output, error) = platform == DnsTunnelPlatform.Windows
            ? runner.Run(ScriptLanguage.PowerShell, PowerShellScript, token)
            : runner.Run(ScriptLanguage.Shell, ShellScript, token);
        return exitCode == 0 ? Parse(output)
            : throw new ResponseException(ResponseError.CommandFailed, $"The host cannot be asked about itself: {Printable.Text(error.Trim())}");
    }

    /// <summary>Reads the lines that the scripts print.</summary>
    public static HostFacts Parse(string output)
    {
        var facts = output.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        var peers = facts["ssh"].Select(ManagementPeer.FromSsh).Concat(facts["peer"].Select(Peer)).OfType<ManagementPeer>();
        return new(Printable.Text(facts["host"].FirstOrDefault() ?? "localhost"))
        {
            Timer = Enum.TryParse<TimerKind>(facts["timer"].FirstOrDefault(), out var timer) ? timer : null,
            Management = [.. peers.Distinct()],
            Accounts = [.. facts["account"].Distinct(StringComparer.OrdinalIgnoreCase).Select(Printable.Text)],
        };
    }

    private static ManagementPeer? Peer(string value) =>
        value.Split(' ') is [var address, var port] && ManagementPeer.FromSsh($"{address} 0 0 {port}") is { } peer ? peer : null;
}
