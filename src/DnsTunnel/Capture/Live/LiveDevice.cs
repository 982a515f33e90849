using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using SharpPcap;
using SharpPcap.LibPcap;

namespace DnsTunnel.Capture.Live;

/// <summary>
/// One interface that is captured on. A thread of its own copies packets into batches and hands them to a queue; when all batches
/// wait there, packets are dropped and counted. Nothing escapes the thread: how it ended is in <see cref="Failure"/>.
/// </summary>
internal sealed class LiveDevice : IDisposable
{
    /// <summary>libpcap's own maximum: network cards merge TCP segments to packets longer than any of the wire.</summary>
    public const int SnapshotLength = 256 << 10;

    /// <summary>With <see cref="SnapshotLength"/> 16 MiB.</summary>
    private const int MaxBatches = 32;

    /// <summary>
    /// How long the kernel may hold packets back, and how long the thread sleeps when there are none. libpcap's immediate mode
    /// gives every packet of Linux a slot of the snapshot length, so that 32 MiB hold 128 packets; this way they hold what fits.
    /// </summary>
    private const int PauseMilliseconds = 10;

    /// <summary>
    /// Where the process that asked is looked for, immediate mode it has to be, as many sockets are closed with the answer.
    /// 32 MiB hold 4,096 packets then. Segments of TCP that the network card merged to longer ones are cut.
    /// </summary>
    private const int ImmediateSnapshotLength = 8 << 10;

    /// <summary>Packets that came before the end may lie in the kernel a little longer than its pause.</summary>
    private const int IdlePausesAtEnd = 5;
    private const int CountersEveryMilliseconds = 1000;

    // struct pcap_pkthdr is a struct timeval and two 32-bit numbers.
    private static readonly bool s_shortTime = OperatingSystem.IsWindows() || IntPtr.Size == 4;
    private static readonly int s_lengthOffset = s_shortTime ? 8 : 16;

    private readonly LibPcapLiveDevice _device;
    private readonly bool _isImmediate;
    private readonly BlockingCollection<PacketBatch> _queue;
    private readonly ConcurrentBag<PacketBatch> _free = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private PacketBatch? _batch;
    private int _batches;
    private PcapCounters _counters;
    private long _end;
    private long _kernelDropped, _interfaceDropped, _queueDropped;
    private long _countersRead;

    private LiveDevice(LibPcapLiveDevice device, bool isImmediate, BlockingCollection<PacketBatch> queue)
    {
        _device = device;
        _isImmediate = isImmediate;
        _queue = queue;
        LinkType = (LinkType)(ushort)device.LinkType;
        // What was counted before the filter was set does not count.
        _counters = PcapLibrary.ReadCounters(device.Handle) ?? default;
        _thread = new Thread(Run) { IsBackground = true, Name = "DNS capture on " + device.Name };
    }

    public LinkType LinkType { get; }

    /// <summary>Why it ended before it was told to; null otherwise. To be read after the last batch.</summary>
    public LiveCaptureException? Failure { get; private set; }

    /// <summary>Packets that passed the filter and found the kernel's buffer full.</summary>
    public long KernelDropped => Interlocked.Read(ref _kernelDropped);

    /// <summary>Packets that the network card or its driver lost, whether of DNS or not.</summary>
    public long InterfaceDropped => Interlocked.Read(ref _interfaceDropped);

    /// <summary>Packets that found the queue to the pipeline full.</summary>
    public long QueueDropped => Interlocked.Read(ref _queueDropped);

    /// <exception cref="LiveCaptureException">It cannot be captured on.</exception>
    public static LiveDevice Open(PcapInterface pcapInterface, LiveCaptureOptions options, BlockingCollection<PacketBatch> queue)
    {
        var device = new LibPcapLiveDevice(pcapInterface);
        try
        {
            device.Open(new DeviceConfiguration
            {
                Mode = options.Promiscuous ? DeviceModes.Promiscuous : DeviceModes.None,
                Snaplen = options.IncludeProcess ? ImmediateSnapshotLength : SnapshotLength,
                Immediate = options.IncludeProcess,
                ReadTimeout = PauseMilliseconds,
                BufferSize = options.BufferSize,
            });
            if (!LinkTypes.IsRead((int)device.LinkType))
            {
                throw new LiveCaptureException(LiveCaptureError.CaptureLinkTypeNotRead,
                    $"Cannot capture on '{device.Name}': {LinkTypes.NotRead((int)device.LinkType)}");
            }

            device.NonBlockingMode = true;
            SetFilter(device, options);
            return new LiveDevice(device, options.IncludeProcess, queue);
        }
        catch (Exception e)
        {
            device.Close();
            if (e is PcapException pcap) throw LiveCaptureFailure.OfOpening(device.Name, pcap);
            throw;
        }
    }

    public void Start() => _thread.Start();

    /// <summary>Hands on what has come so far, and ends.</summary>
    public void Finish()
    {
        Interlocked.CompareExchange(ref _end, DateTime.UtcNow.Ticks, 0);
        _stop.Set();
    }

    /// <summary>Takes a batch back whose packets were decoded.</summary>
    public void Return(PacketBatch batch)
    {
        batch.Clear();
        _free.Add(batch);
    }

    /// <summary>Ends at once; what was captured and not handed on is lost.</summary>
    public void Dispose()
    {
        _stop.Set();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted)) _device.Close();
        else _thread.Join(TimeSpan.FromSeconds(2));
    }

    private static void SetFilter(LibPcapLiveDevice device, LiveCaptureOptions options)
    {
        var filter = options.Filter ?? LiveFilter.ForPorts(options.Ports, (LinkType)(ushort)device.LinkType);
        try
        {
            device.Filter = filter;
        }
        catch (PcapException e)
        {
            throw new LiveCaptureException(LiveCaptureError.CaptureFilterNotValid, $"The filter '{filter}' is not valid: {e.Message.Trim()}.", e);
        }
    }

    private void Run()
    {
        try
        {
            while (!_stop.IsSet)
            {
                if (TryRead(long.MaxValue) == ReadResult.Nothing) Pause();
            }

            Drain();
        }
        catch (Exception e)
        {
            Failure = e as LiveCaptureException ?? new LiveCaptureException(LiveCaptureError.CaptureFailed, $"The capture on '{_device.Name}' ended: {e.Message}", e);
        }

        End();
    }

    /// <summary>What arrived before <see cref="Finish"/> was called still counts, what arrives later does not.</summary>
    private void Drain()
    {
        var end = Interlocked.Read(ref _end);
        for (var pauses = 0; end != 0 && pauses < IdlePausesAtEnd;)
        {
            switch (TryRead(end))
            {
                case ReadResult.Later:
                    return;
                case ReadResult.Nothing:
                    pauses++;
                    Thread.Sleep(PauseMilliseconds);
                    break;
            }
        }
    }

    private void End()
    {
        try
        {
            UpdateCounters();
            _device.Close();
        }
        catch (Exception e)
        {
            Failure ??= new LiveCaptureException(LiveCaptureError.CaptureFailed, $"The capture on '{_device.Name}' did not end well: {e.Message}", e);
        }

        _batch ??= new PacketBatch(this);
        _batch.IsLast = true;
        Enqueue();
    }

    private void Pause()
    {
        // While the pipeline is behind, a batch fills up instead: otherwise the queue would be full of batches with few packets.
        if (_batch is { Count: > 0 } && _queue.Count == 0) Enqueue();
        if (Environment.TickCount64 - _countersRead >= CountersEveryMilliseconds) UpdateCounters();
        _stop.Wait(_isImmediate ? 1 : PauseMilliseconds);
    }

    private ReadResult TryRead(long end)
    {
        IntPtr header = 0, data = 0;
        var result = _device.GetNextPacketPointers(ref header, ref data);
        if (result == 0) return ReadResult.Nothing;
        if (result < 0) throw new LiveCaptureException(LiveCaptureError.CaptureFailed, $"The capture on '{_device.Name}' ended: {_device.LastError}.");

        var ticks = ReadTicks(header);
        if (ticks > end) return ReadResult.Later;
        Add(data, Marshal.ReadInt32(header, s_lengthOffset), Marshal.ReadInt32(header, s_lengthOffset + 4), ticks);
        if (_isImmediate && _queue.Count == 0) Enqueue();
        return ReadResult.Packet;
    }

    private void Add(IntPtr data, int length, int originalLength, long ticks)
    {
        if (_batch is null && !TryGetBatch(out _batch))
        {
            Interlocked.Increment(ref _queueDropped);
            return;
        }

        if (_batch.TryAdd(data, length, originalLength, ticks)) return;
        Enqueue();
        if (Environment.TickCount64 - _countersRead >= CountersEveryMilliseconds) UpdateCounters();
        if (TryGetBatch(out _batch) && _batch.TryAdd(data, length, originalLength, ticks)) return;
        Interlocked.Increment(ref _queueDropped);
    }

    private bool TryGetBatch([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PacketBatch? batch)
    {
        if (_free.TryTake(out batch)) return true;
        if (_batches == MaxBatches) return false;
        _batches++;
        batch = new PacketBatch(this);
        return true;
    }

    private void Enqueue()
    {
        if (_batch is null) return;
        _queue.Add(_batch);
        _batch = null;
    }

    private static long ReadTicks(IntPtr header)
    {
        var seconds = s_shortTime ? Marshal.ReadInt32(header) : Marshal.ReadInt64(header);
        var microseconds = Marshal.ReadInt32(header, s_shortTime ? 4 : 8);
        return DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + microseconds * TimeSpan.TicksPerMicrosecond;
    }

    private void UpdateCounters()
    {
        _countersRead = Environment.TickCount64;
        if (PcapLibrary.ReadCounters(_device.Handle) is not { } now) return;
        Interlocked.Add(ref _kernelDropped, unchecked(now.Dropped - _counters.Dropped));
        Interlocked.Add(ref _interfaceDropped, unchecked(now.InterfaceDropped - _counters.InterfaceDropped));
        _counters = now;
    }

    private enum ReadResult
    {
        Packet,
        Nothing,
        Later,
    }
}
