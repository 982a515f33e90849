using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using DnsTunnel.Capture.Live;
using DnsTunnel.Dnstap;
using DnsTunnel.Logs;
using DnsTunnel.Monitoring.Sources;
using DnsTunnel.Packets;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

/// <summary>Where the queries come from.</summary>
public sealed partial class StartDnsTunnelMonitorCommand
{
    private const string InterfaceSet = "Interface";
    private const string DnstapSocketSet = "DnstapSocket";
    private const string DnstapListenSet = "DnstapListen";

    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SourceStatistics> _opened = [];
    private readonly List<SourceStatistics> _kept = [];

    [Parameter(Mandatory = true, ParameterSetName = InterfaceSet)]
    [Alias("InterfaceAlias")]
    [ArgumentCompleter(typeof(CaptureInterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Interface { get; set; } = [];

    [Parameter(ParameterSetName = InterfaceSet)]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    [Parameter(ParameterSetName = InterfaceSet)]
    [ValidateRange(1 << 20, 1 << 30)]
    public int BufferSize { get; set; } = LiveCaptureOptions.DefaultBufferSize;

    [Parameter(Mandatory = true, ParameterSetName = DnstapSocketSet)]
    [ValidateNotNullOrEmpty]
    public string? DnstapSocket { get; set; }

    [Parameter(ParameterSetName = DnstapSocketSet)]
    [ValidatePattern("^0?[0-7]{3}$")]
    public string DnstapSocketMode { get; set; } = "0600";

    [Parameter(Mandatory = true, ParameterSetName = DnstapListenSet)]
    [ValidateNotNull]
    public IPEndPoint? DnstapListen { get; set; }

    [Parameter]
    [ValidateRange(1, ushort.MaxValue)]
    public int[] Port { get; set; } = [.. PacketDecoder.DefaultPorts];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ArgumentCompleter(typeof(LogFormatCompleter))]
    [ValidateLogFormat]
    public string? LogFormat { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [TimeZoneTransformation]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNull]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Once { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateDuration]
    public TimeSpan Last { get; set; }

    private protected override QueryFileOptions FileOptions => new()
    {
        Kinds = Once ? QueryFileKinds.Any : QueryFileKinds.Log,
        Log = new DnsLogOptions { Format = LogFormat is null ? null : DnsLogFormat.Find(LogFormat), TimeZone = TimeZone },
        Follows = !Once,
        Ports = Port,
    };

    private protected override TimeZoneInfo ObjectTimeZone => TimeZone;

    private protected override void ReadPaths(string[] paths, bool literal)
    {
        foreach (var path in paths) _files.UnionWith(Resolve(path, literal));
    }

    private void AddSources(SourceSet sources)
    {
        var capture = new LiveCaptureOptions { Filter = Filter, Ports = Port, BufferSize = BufferSize };
        foreach (var name in Interface) AddInterface(sources, new InterfaceSource(name, capture, _opened.Enqueue));
        foreach (var file in _files.Where(IsRecent).Order(StringComparer.Ordinal)) sources.Add(new LogSource(file, FileOptions, _opened.Enqueue));
        if (DnstapSocket is not null)
        {
            var file = FileArgument.Resolve(this, DnstapSocket);
            if (File.Exists(file) || Directory.Exists(file)) ThrowTerminatingError(Errors.SocketExists(file));
            Listen(sources, file, () => DnstapListener.Open(file, (UnixFileMode)Convert.ToInt32(DnstapSocketMode, 8)));
        }

        if (DnstapListen is not null) Listen(sources, $"{DnstapListen}", () => DnstapListener.Open(DnstapListen));
    }

    /// <summary>A file that nobody wrote to since has nothing new.</summary>
    private bool IsRecent(string file) => Last == TimeSpan.Zero || File.GetLastWriteTimeUtc(file) >= _start - Last;

    private void AddInterface(SourceSet sources, InterfaceSource source)
    {
        try
        {
            sources.Add(source);
        }
        catch (LiveCaptureException e) when (e.Error is LiveCaptureError.CaptureLibraryMissing or LiveCaptureError.CaptureNotPermitted or LiveCaptureError.CaptureFilterNotValid)
        {
            // The next interface would fail for the same reason.
            ThrowTerminatingError(Errors.LiveCapture(e, e.Error == LiveCaptureError.CaptureFilterNotValid ? Filter : source.Name));
        }
        catch (LiveCaptureException e)
        {
            WriteError(Errors.LiveCapture(e, source.Name));
        }
    }

    private void Listen(SourceSet sources, string name, Func<DnstapListener> open)
    {
        try
        {
            sources.Add(new DnstapSource(name, open, _opened.Enqueue, text => sources.Problems.Enqueue((name, text, null))));
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            ThrowTerminatingError(Errors.CannotListen(name, e));
        }
    }

    private void KeepOpened()
    {
        while (_opened.TryDequeue(out var statistics))
        {
            KeepStatistics(statistics);
            _kept.Add(statistics);
        }
    }

    private void TellProblems(SourceSet sources)
    {
        while (sources.Problems.TryDequeue(out var problem))
        {
            var (source, text, cause) = problem;
            if (StopToken.IsCancellationRequested) continue;
            if (Once && cause is not null) WriteError(Errors.FileNotReadable(source, cause, FileOptions.Kinds));
            else Warn($"'{Printable.Text(source)}': {Printable.Text(text)}{(cause is null ? string.Empty : " It is opened again.")}");
        }
    }
}
