using DnsTunnel.Dnstap;
using DnsTunnel.Sources;

namespace DnsTunnel.Queries;

/// <summary>The transactions of a dnstap file.</summary>
internal sealed class DnstapQueryFile : QueryFile
{
    private readonly ByteSource _source;
    private readonly FrameStreamReader _frames;
    private readonly DnstapDecoder _decoder;
    private readonly DnstapStatistics _statistics;

    public DnstapQueryFile(ByteSource source, string path, ITransactionSink sink)
    {
        Path = path;
        _statistics = new DnstapStatistics { Source = path };
        _source = source;
        _frames = new FrameStreamReader(source);
        _decoder = new DnstapDecoder(new TransactionTracker(sink, _statistics), _statistics);
    }

    public override string Path { get; }

    public override DnstapStatistics Statistics => _statistics;

    protected override long Length => _source.Length;

    protected override long Position => _source.Position;

    public override bool TryAdvance()
    {
        if (!_frames.TryRead(out var frame)) return false;
        _decoder.Decode(frame);
        return true;
    }

    public override void Complete() => _decoder.Complete();

    public override void Dispose() => _source.Dispose();
}
