using System.Net.Sockets;
using DnsTunnel.Capture.Live;

namespace DnsTunnel.Monitoring.Sources;

/// <summary>
/// Reads a source on a thread of its own. One that ends or fails is opened again and again, with longer and longer pauses; what happens on
/// the way is told, not thrown.
/// </summary>
internal sealed class SourceReader
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private readonly IMonitorSource _source;
    private readonly Action<DnsQuery> _emit;
    private readonly Action<string, Exception> _tell;
    private readonly CancellationToken _ending;
    private readonly Thread _thread;
    private long _queries;
    private int _restarts;
    private volatile string? _problem;

    /// <summary>Opens the source and begins to read it.</summary>
    /// <param name="source">Where queries come from.</param>
    /// <param name="emit">Takes them.</param>
    /// <param name="tell">Takes what went wrong.</param>
    /// <param name="ending">Ends the reading.</param>
    /// <inheritdoc cref="IMonitorSource.Open" path="/exception"/>
    public SourceReader(IMonitorSource source, Action<DnsQuery> emit, Action<string, Exception> tell, CancellationToken ending)
    {
        (_source, _emit, _tell, _ending) = (source, emit, tell, ending);
        source.Open(Emit);
        _thread = new Thread(Run) { IsBackground = true, Name = "DnsTunnel source" };
        _thread.Start();
    }

    public bool HasEnded => !_thread.IsAlive;

    public long Dropped => _source.Dropped;

    public bool IsUpToDate => _source.IsUpToDate;

    public string Name => _source.Name;

    public SourceState State => new(_source.Name, Interlocked.Read(ref _queries), _source.Dropped, _restarts, _problem);

    /// <summary>Frees the source, when its thread has ended.</summary>
    public bool TryDispose()
    {
        if (!_thread.Join(10)) return false;
        _source.Dispose();
        return true;
    }

    private void Emit(DnsQuery query)
    {
        Interlocked.Increment(ref _queries);
        _problem = null;
        _emit(query);
    }

    private void Run()
    {
        var pause = s_firstPause;
        for (var isOpen = true; !_ending.IsCancellationRequested; isOpen = false)
        {
            var start = Environment.TickCount64;
            if (!isOpen) _restarts++;
            Attempt(isOpen);
            if (!_source.GoesOn || _ending.IsCancellationRequested) return;
            // One that ran for a while had recovered.
            if (Environment.TickCount64 - start > s_longestPause.TotalMilliseconds) pause = s_firstPause;
            _ending.WaitHandle.WaitOne(pause);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>Nothing may leave a thread: it would end the process.</summary>
    private void Attempt(bool isOpen)
    {
        try
        {
            if (!isOpen) _source.Open(Emit);
            _problem = null;
            _source.Pump(_ending);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LiveCaptureException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            if (!_ending.IsCancellationRequested) Tell(exception.Message, exception);
        }
        catch (Exception exception)
        {
            Tell($"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    private void Tell(string problem, Exception exception)
    {
        _problem = problem;
        _tell(problem, exception);
    }
}
