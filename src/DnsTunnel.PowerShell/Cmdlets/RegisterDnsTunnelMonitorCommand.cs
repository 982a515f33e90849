using System.Management.Automation;
using System.Net;
using DnsTunnel.Monitoring.Scheduling;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsLifecycle.Register, "DnsTunnelMonitor", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(DnsTunnelMonitor))]
public sealed class RegisterDnsTunnelMonitorCommand : ScheduleCmdlet
{
    private const string PathSet = "Path";
    private const string InterfaceSet = "Interface";
    private const string DnstapSocketSet = "DnstapSocket";
    private const string DnstapListenSet = "DnstapListen";

    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [ValidateDuration]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(15);

    [Parameter(ParameterSetName = PathSet)]
    [ValidateDuration]
    public TimeSpan Last { get; set; } = TimeSpan.FromMinutes(45);

    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Continuous { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = InterfaceSet)]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(CaptureInterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Interface { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = DnstapSocketSet)]
    [ValidateNotNullOrEmpty]
    public string? DnstapSocket { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = DnstapListenSet)]
    [ValidateNotNull]
    public IPEndPoint? DnstapListen { get; set; }

    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double Threshold { get; set; } = 50;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExceptionPath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SyslogServer { get; set; }

    [Parameter]
    public SyslogTransport Transport { get; set; }

    [Parameter]
    public SyslogFormat Format { get; set; }

    [Parameter]
    public Uri? Uri { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    [Parameter]
    public SwitchParameter UpdateHistory { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HistoryPath { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private string? HistoryFile => HistoryPath is not null ? FileArgument.Resolve(this, HistoryPath) : UpdateHistory ? DefaultPaths.History : null;

    private bool RunsOnAndOn => ParameterSetName != PathSet || Continuous;

    protected override void ProcessRecord() => Attempt(Register);

    private void Register()
    {
        if (OutFile is null && SyslogServer is null && Uri is null) ThrowTerminatingError(Errors.NobodyToTell());
        var scheduler = Scheduler ?? ScheduleService.Default();
        var schedule = ScheduleService.Of(scheduler);
        var request = Request();
        var exists = Service.Exists(schedule, Name, ScopeInUse);
        if (exists && !Force) throw new ScheduleException(ScheduleError.MonitorExists, $"There is a monitor '{Name}' already.");
        var plan = schedule.Register(request);
        var description = plan.Describe("Write");
        if (!ShouldProcess(description, $"Register the monitor '{Name}'?\n{description}", "Register-DnsTunnelMonitor")) return;
        if (exists) Service.Unregister(schedule, Name, ScopeInUse);
        Service.Register(schedule, request);
        if (!schedule.IsRunning) WriteWarning($"{scheduler} is not running here: the files are written, and have to be enabled when it is.");
        WriteObject(new DnsTunnelMonitor
        {
            Name = Name,
            Scheduler = scheduler,
            Scope = ScopeInUse,
            Every = request.Every,
            IsActive = schedule.IsRunning,
            Command = request.Script,
            Paths = [.. plan.Files.Select(f => f.Path)],
        });
    }

    private ScheduleRequest Request()
    {
        var state = StatePath is null ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(DefaultPaths.Monitor)!, $"monitor-{Name}.json") : FileArgument.Resolve(this, StatePath);
        var file = OutFile is null ? null : FileArgument.Resolve(this, OutFile);
        var script = ModuleCommand.Import(this) + Command(state, file).Write();
        if (script.Any(char.IsControl)) throw new ScheduleException(ScheduleError.ValueNotUsable, "A path or argument with a control character cannot be in a command of a scheduler.");
        return new ScheduleRequest
        {
            Name = Name,
            Scope = ScopeInUse,
            Every = RunsOnAndOn ? null : Every,
            Command = ModuleCommand.Words(script) ?? throw new ScheduleException(ScheduleError.HostNotFound, "Nothing here can run the module without this process: no pwsh was found."),
            Script = script,
            WritablePaths = [.. new[] { state, file, HistoryFile, DnstapSocket is null ? null : FileArgument.Resolve(this, DnstapSocket) }.OfType<string>().Select(p => System.IO.Path.GetDirectoryName(p)!)],
            Captures = Interface.Length > 0,
        };
    }

    private CommandText Command(string state, string? file)
    {
        var command = new CommandText("Start-DnsTunnelMonitor");
        if (Path.Length > 0) command.Add("Path", Path.Select(p => SessionState.Path.GetUnresolvedProviderPathFromPSPath(p)));
        if (Path.Length > 0 && !RunsOnAndOn) command.Add("Once").Add("Last", Last.ToString("c"));
        if (Interface.Length > 0) command.Add("Interface", Interface);
        if (DnstapSocket is not null) command.Add("DnstapSocket", FileArgument.Resolve(this, DnstapSocket));
        if (DnstapListen is not null) command.Add("DnstapListen", $"{DnstapListen}");
        command.Add("Threshold", Threshold.ToString(System.Globalization.CultureInfo.InvariantCulture)).Add("StatePath", state);
        if (ExceptionPath is not null) command.Add("ExceptionPath", FileArgument.Resolve(this, ExceptionPath));
        if (UpdateHistory) command.Add("UpdateHistory");
        if (HistoryFile is not null) command.Add("HistoryPath", HistoryFile);
        if (file is not null) command.Add("OutFile", file);
        if (SyslogServer is not null) command.Add("SyslogServer", SyslogServer).Add("Transport", $"{Transport}").Add("Format", $"{Format}");
        if (Uri is not null) command.Add("Uri", Uri.OriginalString);
        if (TrustedCertificate is not null) command.Add("TrustedCertificate", FileArgument.Resolve(this, TrustedCertificate));
        return command;
    }
}
