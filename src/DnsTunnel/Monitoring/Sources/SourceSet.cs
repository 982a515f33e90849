using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using DnsTunnel.Capture.Live;

namespace DnsTunnel.Monitoring.Sources;

/// <summary>
/// Reads several sources, each on a thread of its own, into one bounded queue. A source that ends or fails is opened again and again, with
/// longer and longer pauses; what happens on the way is told, not thrown.
/// </summary>
internal sealed class SourceSet(CancellationToken stopping) : IDisposable
{
    private const int MostWaiting = 1 << 14;
    private const int MostNamed = 3;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private readonly BlockingCollection<DnsQuery> _queue = new(MostWaiting);
    private readonly List<IMonitorSource> _sources = [];
    private readonly List<Thread> _threads = [];
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private volatile bool _takesNoMore;

    /// <summary>What went wrong with sources, and the exception when it was one.</summary>
    public ConcurrentQueue<(string Source, string Text, Exception? Cause)> Problems { get; } = [];

    public bool IsEmpty => _sources.Count == 0;

    /// <summary>All sources in a line, for people.</summary>
    public string Name => _sources.Count <= MostNamed
        ? string.Join(", ", _sources.Select(s => Printable.Text(s.Name)))
        : FormattableString.Invariant($"{Printable.Text(_sources[0].Name)} and {_sources.Count - 1:N0} more");

    public long Dropped => _sources.Sum(s => s.Dropped);

    /// <summary>Whether all sources have ended for good and all is taken.</summary>
    public bool HasEnded => _threads.TrueForAll(t => !t.IsAlive) && _queue.Count == 0;

    /// <summary>Opens a source and begins to read it.</summary>
    /// <inheritdoc cref="IMonitorSource.Open" path="/exception"/>
    public void Add(IMonitorSource source)
    {
        source.Open(Emit);
        _sources.Add(source);
        var thread = new Thread(() => Run(source)) { IsBackground = true, Name = "DnsTunnel source" };
        _threads.Add(thread);
        thread.Start();
    }

    /// <summary>Takes the next query; false when none came in time.</summary>
    public bool TryTake([NotNullWhen(true)] out DnsQuery? query, TimeSpan wait) => _queue.TryTake(out query, wait);

    /// <summary>Ends the sources; what they had read is still there to take.</summary>
    public void Finish() => _ending.Cancel();

    public void Dispose()
    {
        _takesNoMore = true;
        _ending.Cancel();
        // One that waits for room in the queue goes on.
        while (_threads.Exists(t => !t.Join(10)))
        {
            while (_queue.TryTake(out _))
            {
            }
        }

        foreach (var source in _sources) source.Dispose();
        _ending.Dispose();
        _queue.Dispose();
    }

    private void Emit(DnsQuery query)
    {
        if (!_takesNoMore) _queue.Add(query);
    }

    private void Run(IMonitorSource source)
    {
        var token = _ending.Token;
        var pause = s_firstPause;
        for (var isOpen = true; !token.IsCancellationRequested;)
        {
            var start = Environment.TickCount64;
            if (Attempt(source, () =>
            {
                if (!isOpen) source.Open(Emit);
                isOpen = false;
                source.Pump(token);
            }) && !source.GoesOn)
            {
                return;
            }

            if (!source.GoesOn || token.IsCancellationRequested) return;
            // One that ran for a while had recovered.
            if (Environment.TickCount64 - start > s_longestPause.TotalMilliseconds) pause = s_firstPause;
            token.WaitHandle.WaitOne(pause);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>Nothing may leave a thread: it would end the process.</summary>
    private bool Attempt(IMonitorSource source, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LiveCaptureException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            if (!_ending.IsCancellationRequested) Problems.Enqueue((source.Name, exception.Message, exception));
            return false;
        }
        catch (Exception exception)
        {
            Problems.Enqueue((source.Name, $"{exception.GetType().Name}: {exception.Message}", exception));
            return false;
        }
    }
}
