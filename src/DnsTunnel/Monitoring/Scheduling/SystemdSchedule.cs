using System.Globalization;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>A service of systemd; with a timer when it does not run on and on.</summary>
internal sealed class SystemdSchedule : ISchedule
{
    public bool IsRunning => Directory.Exists("/run/systemd/system");

    public SchedulePlan Register(ScheduleRequest request)
    {
        var folder = Folder(request.Scope);
        var service = new ScheduleFile(Path.Combine(folder, request.Unit + ".service"), Service(request));
        ScheduleFile[] files = request.Every is { } every ? [service, new(Path.Combine(folder, request.Unit + ".timer"), Timer(request, every))] : [service];
        var unit = request.Unit + (request.Every is null ? ".service" : ".timer");
        return new(files, IsRunning ? $"{Control(request.Scope)} daemon-reload && {Control(request.Scope)} enable --now {unit}" : "", ScriptLanguage.Shell);
    }

    public SchedulePlan Unregister(string name, DnsTunnelMonitorScope scope)
    {
        var unit = ScheduleRequest.UnitOf(name);
        string[] units = [unit + ".timer", unit + ".service"];
        ScheduleFile[] files = [.. units.Select(u => Path.Combine(Folder(scope), u)).Where(File.Exists).Select(path => new ScheduleFile(path, ""))];
        var disable = string.Join(" && ", files.Select(f => $"{Control(scope)} disable --now {Path.GetFileName(f.Path)}"));
        return new(files, IsRunning && files.Length > 0 ? disable : "", ScriptLanguage.Shell);
    }

    public string? Find(string name, DnsTunnelMonitorScope scope) => null;

    public static string Control(DnsTunnelMonitorScope scope) => scope == DnsTunnelMonitorScope.System ? "systemctl" : "systemctl --user";

    private static string Folder(DnsTunnelMonitorScope scope)
    {
        if (scope == DnsTunnelMonitorScope.System) return "/etc/systemd/system";
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        if (!Path.IsPathFullyQualified(config ?? "")) config = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return Path.Combine(config!, "systemd", "user");
    }

    private static string Service(ScheduleRequest request)
    {
        var isAlways = request.Every is null;
        return $"""
            {request.Mark}
            [Unit]
            Description=DnsTunnel monitor {request.Name}
            {(isAlways ? "After=network.target\nStartLimitIntervalSec=0\n" : "")}
            [Service]
            Type={(isAlways ? "exec" : "oneshot")}
            ExecStart={string.Join(' ', request.Command.Select(SystemdText.Quote))}
            Environment=DOTNET_EnableDiagnostics=0 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
            {(isAlways ? "Restart=always\nRestartSec=10\n" : "")}Nice=5
            NoNewPrivileges=yes
            {(request.Scope == DnsTunnelMonitorScope.System ? Hardening(request) : "")}{(isAlways ? $"\n[Install]\nWantedBy={(request.Scope == DnsTunnelMonitorScope.System ? "multi-user.target" : "default.target")}\n" : "")}
            """.TrimEnd() + "\n";
    }

    /// <summary>Code is made while it runs, so memory stays executable. Logs and sockets may be for their server alone.</summary>
    private static string Hardening(ScheduleRequest request)
    {
        var usesTemporary = request.Command.Append(request.Script).Any(word => word.Contains("/tmp/", StringComparison.Ordinal));
        return $"""
            StateDirectory=DnsTunnel
            Environment=HOME=/var/lib/DnsTunnel
            ProtectSystem=strict
            ReadWritePaths={string.Join(' ', request.WritablePaths.Distinct(StringComparer.Ordinal).Select(path => SystemdText.QuotePath("-" + path)))}
            ProtectHome=read-only
            PrivateTmp={(usesTemporary ? "no" : "yes")}
            ProtectControlGroups=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6{(request.Captures ? " AF_PACKET AF_NETLINK" : "")}
            CapabilityBoundingSet={(request.Captures ? "CAP_NET_RAW CAP_NET_ADMIN" : "CAP_DAC_OVERRIDE")}

            """;
    }

    private static string Timer(ScheduleRequest request, TimeSpan every) =>
        $"""
        {request.Mark}
        [Unit]
        Description=DnsTunnel monitor {request.Name}, {every:c}

        [Timer]
        OnActiveSec=1min
        OnUnitActiveSec={((long)every.TotalSeconds).ToString(CultureInfo.InvariantCulture)}
        AccuracySec=10s

        [Install]
        WantedBy=timers.target

        """;
}
