using System.Management.Automation;
using DnsTunnel.Capture.Live;
using DnsTunnel.Packets;
using DnsTunnel.Processes;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsLifecycle.Start, "DnsCapture", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DnsQuery))]
public sealed class StartDnsCaptureCommand : QueryFileCmdlet
{
    private const string InterfaceSet = "Interface";

    private readonly List<string> _interfaces = [];
    private LiveCapture? _capture;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = InterfaceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(CaptureInterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Interface { get; set; } = [];

    [Parameter(ParameterSetName = InterfaceSet)]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    [Parameter(ParameterSetName = InterfaceSet)]
    public SwitchParameter Promiscuous { get; set; }

    [Parameter(ParameterSetName = InterfaceSet)]
    [ValidateRange(1 << 20, 1 << 30)]
    public int BufferSize { get; set; } = LiveCaptureOptions.DefaultBufferSize;

    [Parameter(ParameterSetName = InterfaceSet)]
    [ValidateDuration]
    public TimeSpan Duration { get; set; }

    [Parameter(ParameterSetName = InterfaceSet)]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; }

    [Parameter(ParameterSetName = InterfaceSet)]
    public SwitchParameter IncludeProcess { get; set; }

    [Parameter]
    [ValidateRange(1, ushort.MaxValue)]
    public int[] Port { get; set; } = [.. PacketDecoder.DefaultPorts];

    private protected override QueryFileOptions FileOptions => new() { Kinds = QueryFileKinds.Capture, Ports = Port };

    protected override void ProcessRecord()
    {
        if (ParameterSetName == InterfaceSet) _interfaces.AddRange(Interface);
        else WriteQueries(ParameterSetName == PathSet ? Path : LiteralPath, ParameterSetName == LiteralPathSet);
    }

    protected override void EndProcessing()
    {
        if (_interfaces.Count == 0) return;
        if (IncludeProcess && !ProcessFinder.IsSupported) WriteWarning("Processes can be found on Linux and Windows only; ProcessId and ProcessName stay empty.");
        var options = new LiveCaptureOptions
        {
            Filter = Filter, Ports = Port, Promiscuous = Promiscuous, BufferSize = BufferSize, IncludeProcess = IncludeProcess,
        };
        _capture = new LiveCapture(this, options, StopToken) { Duration = Duration, Count = Count };
        _capture.Run(_interfaces, KeepStatistics, Report);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _capture?.Dispose();
        base.Dispose(disposing);
    }
}
