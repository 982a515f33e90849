using DnsTunnel.Dnstap;
using DnsTunnel.Sources;

namespace DnsTunnel.Queries;

/// <summary>The transactions of a dnstap file.</summary>
internal sealed class DnstapQueryFile : QueryFile
{
    private readonly ByteSource _source;
    private readonly FrameStreamReader _frames;
    private readonly DnstapDecoder _decoder;
    private readonly CaptureStatistics _statistics;

    public DnstapQueryFile(ByteSource source, string path, ITransactionSink sink)
    {
        Path = path;
        _statistics = new CaptureStatistics { Source = path };
        _source = source;
        _frames = new FrameStreamReader(source);
        _decoder = new DnstapDecoder(new TransactionTracker(sink, _statistics), _statistics);
    }

    public override string Path { get; }

    public override IEnumerable<string> Warnings
    {
        get
        {
            if (Queries == 0) yield return $"No DNS query in it: {_statistics}.";
            if (_statistics.UnreadablePackets > 0) yield return FormattableString.Invariant($"{_statistics.UnreadablePackets:N0} frames are no dnstap messages and were left out.");
            if (_statistics.MalformedRequests > 0) yield return FormattableString.Invariant($"{_statistics.MalformedRequests:N0} malformed requests were left out.");
        }
    }

    public override CaptureStatistics Statistics => _statistics;

    public override long Queries => _statistics.Requests + _statistics.LoneResponses;

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
