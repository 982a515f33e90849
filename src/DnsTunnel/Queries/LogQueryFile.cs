using DnsTunnel.Logs;
using DnsTunnel.Sources;

namespace DnsTunnel.Queries;

/// <summary>The queries of a log.</summary>
internal sealed class LogQueryFile(ByteSource source, string path, IQuerySink sink, DnsLogOptions options) : QueryFile
{
    private readonly DnsLogReader _reader = DnsLogReader.Open(source, options);

    public override string Path { get; } = path;

    public override LogStatistics Statistics => _reader.Statistics;

    protected override long Length => _reader.Length;

    protected override long Position => _reader.Position;

    public override bool TryAdvance()
    {
        if (!_reader.TryRead(out var query)) return false;
        sink.OnQuery(query);
        return true;
    }

    /// <summary>For logs that are followed, while nothing is written.</summary>
    public void TakeOverdue()
    {
        var some = false;
        for (; _reader.TryReadOverdue(out var query); some = true) sink.OnQuery(query);
        if (some) AfterIdle?.Invoke();
    }

    /// <summary>The reader does so itself at the end of the file.</summary>
    public override void Complete()
    {
    }

    public override void Dispose() => _reader.Dispose();
}
