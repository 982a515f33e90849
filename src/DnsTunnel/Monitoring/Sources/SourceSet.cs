using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace DnsTunnel.Monitoring.Sources;

/// <summary>Reads several sources into one bounded queue.</summary>
internal sealed class SourceSet(CancellationToken stopping) : IDisposable
{
    private const int MostWaiting = 1 << 14;
    private const int MostNamed = 3;

    private readonly BlockingCollection<DnsQuery> _queue = new(MostWaiting);
    private readonly List<SourceReader> _readers = [];
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private volatile bool _takesNoMore;

    /// <summary>What went wrong with sources, and the exception when it was one.</summary>
    public ConcurrentQueue<(string Source, string Text, Exception? Cause)> Problems { get; } = [];

    public bool IsEmpty => _readers.Count == 0;

    /// <summary>All sources in a line, for people.</summary>
    public string Name => _readers.Count <= MostNamed
        ? string.Join(", ", _readers.Select(r => Printable.Text(r.Name)))
        : FormattableString.Invariant($"{Printable.Text(_readers[0].Name)} and {_readers.Count - 1:N0} more");

    public long Dropped => _readers.Sum(r => r.Dropped);

    /// <summary>How each source is.</summary>
    public IReadOnlyList<SourceState> States => [.. _readers.Select(r => r.State)];

    /// <summary>Whether all sources have ended for good and all is taken.</summary>
    public bool HasEnded => _readers.TrueForAll(r => r.HasEnded) && _queue.Count == 0;

    /// <summary>Whether what was there before is read and taken.</summary>
    public bool IsUpToDate => _readers.TrueForAll(r => r.IsUpToDate) && _queue.Count == 0;

    /// <summary>Opens a source and begins to read it.</summary>
    /// <inheritdoc cref="IMonitorSource.Open" path="/exception"/>
    public void Add(IMonitorSource source) =>
        _readers.Add(new SourceReader(source, Emit, (text, cause) => Problems.Enqueue((source.Name, text, cause)), _ending.Token));

    /// <summary>Takes the next query; false when none came in time.</summary>
    public bool TryTake([NotNullWhen(true)] out DnsQuery? query, TimeSpan wait) => _queue.TryTake(out query, wait);

    /// <summary>Ends the sources; what they had read is still there to take.</summary>
    public void Finish() => _ending.Cancel();

    public void Dispose()
    {
        _takesNoMore = true;
        _ending.Cancel();
        // One that waits for room in the queue goes on.
        while (_readers.RemoveAll(r => r.TryDispose()) >= 0 && _readers.Count > 0)
        {
            while (_queue.TryTake(out _))
            {
            }
        }

        _ending.Dispose();
        _queue.Dispose();
    }

    private void Emit(DnsQuery query)
    {
        if (!_takesNoMore) _queue.Add(query);
    }
}
