using DnsTunnel.Capture;
using DnsTunnel.Packets;
using DnsTunnel.Sources;

namespace DnsTunnel.Queries;

/// <summary>The transactions of a packet capture.</summary>
internal sealed class CaptureQueryFile : QueryFile
{
    private readonly CaptureReader _reader;
    private readonly PacketDecoder _decoder;
    private readonly TransactionTracker _tracker;
    private readonly CaptureStatistics _statistics;

    public CaptureQueryFile(ByteSource source, string path, ITransactionSink sink, QueryFileOptions options)
    {
        Path = path;
        _statistics = new CaptureStatistics { Source = path };
        _reader = CaptureReader.Open(source);
        _tracker = new TransactionTracker(sink, _statistics);
        _decoder = new PacketDecoder(_tracker, options.Ports, _statistics) { Connections = options.Connections };
    }

    public override string Path { get; }

    public override CaptureStatistics Statistics => _statistics;

    protected override long Length => _reader.Length;

    protected override long Position => _reader.Position;

    public override bool TryAdvance()
    {
        if (!_reader.TryRead(out var packet)) return false;
        _decoder.Decode(packet);
        return true;
    }

    public override void Complete()
    {
        _statistics.UnreadablePackets += _reader.SkippedPackets;
        _decoder.Complete();
        _tracker.Complete();
    }

    public override void Dispose() => _reader.Dispose();
}
