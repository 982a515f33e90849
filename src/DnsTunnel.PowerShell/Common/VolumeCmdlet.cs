using System.Management.Automation;
using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Queries;
using DnsTunnel.Volume;

namespace DnsTunnel.PowerShell;

/// <summary>A cmdlet that counts by window, registered domain and client, whatever it is given.</summary>
public abstract partial class VolumeCmdlet : QueryInputCmdlet
{
    private VolumeAggregator? _aggregator;
    private VolumeQueue? _queue;
    private VolumeCounter? _counter;

    [Parameter]
    [ValidateWindow]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);

    [Parameter]
    [ValidateRange(1, ushort.MaxValue)]
    public int[] Port { get; set; } = [.. PacketDecoder.DefaultPorts];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExceptionPath { get; set; }

    private protected override QueryFileOptions FileOptions => new() { Ports = Port };

    /// <summary>Whether summaries are kept by client.</summary>
    private protected abstract bool CountsByClient { get; }

    /// <summary>To which length windows may grow when there are too many.</summary>
    private protected virtual TimeSpan LongestWindow => TimeSpan.Zero;

    /// <summary>Takes windows that are let go to bound memory, on another thread; null when they are kept.</summary>
    private protected virtual Action<DomainVolume[]>? Closed => null;

    /// <summary>To be used once the queries have ended.</summary>
    private protected VolumeAggregator Aggregator => _aggregator ??=
        new VolumeAggregator(PublicSuffixList.Default, Window, CountsByClient, LongestWindow, ExceptionArgument.Load(this, ExceptionPath)) { Closed = Closed };

    private VolumeCounter Counter => _counter ??= new VolumeCounter(_queue = new VolumeQueue(Aggregator, OnHandedOver));

    /// <summary>Is called now and then while queries are read, on the thread of the pipeline.</summary>
    private protected virtual void OnHandedOver()
    {
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        _queue?.Complete();
        if (Aggregator.DroppedSummaries > 0) WriteWarning(FormattableString.Invariant($"{Aggregator.DroppedSummaries:N0} little asked pairs of domain and client were left out to bound memory."));
    }

    private protected override void TakeQuery(DnsQuery query) => Counter.Add(query);

    private protected override void ReadPaths(string[] paths, bool literal)
    {
        foreach (var path in paths) ReadFiles(path, literal, _ => Counter);
    }
}
