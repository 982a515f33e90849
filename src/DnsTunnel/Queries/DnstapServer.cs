using DnsTunnel.Dnstap;

namespace DnsTunnel.Queries;

/// <summary>The transactions that DNS servers send live. Each connection is a server with a viewpoint and transactions of its own.</summary>
internal sealed class DnstapServer(DnstapListener listener, ITransactionSink sink) : IDisposable
{
    /// <summary>A server that is silent for that long has shown from which viewpoints it tells.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, DnstapDecoder> _decoders = [];

    public DnstapStatistics Statistics { get; } = new() { Source = listener.EndPoint };

    /// <summary>Why connections ended that did not end well.</summary>
    public Queue<string> Problems { get; } = [];

    /// <summary>Takes what comes next, and returns after a wait in any case.</summary>
    public void Advance(TimeSpan wait, CancellationToken token)
    {
        try
        {
            if (listener.TryTake(wait < s_idle ? wait : s_idle, token, out var frame)) Take(frame);
            else if (wait >= s_idle) Idle();
        }
        catch (OperationCanceledException)
        {
            // The caller looks at its token.
        }
    }

    /// <summary>Ends the connections, and emits what was received before.</summary>
    public void Complete()
    {
        listener.Stop();
        while (listener.TryTake(TimeSpan.Zero, CancellationToken.None, out var frame)) Take(frame);
        foreach (var decoder in _decoders.Values) decoder.Complete();
        _decoders.Clear();
    }

    public void Dispose() => listener.Dispose();

    private void Take(DnstapFrame frame)
    {
        if (frame.Bytes is not null)
        {
            if (!_decoders.TryGetValue(frame.Connection, out var decoder))
            {
                _decoders.Add(frame.Connection, decoder = new DnstapDecoder(new TransactionTracker(sink, Statistics), Statistics));
            }
            decoder.Decode(frame.Bytes);
            return;
        }
        if (frame.Problem is not null) Problems.Enqueue(frame.Problem);
        if (_decoders.Remove(frame.Connection, out var ended)) ended.Complete();
    }

    private void Idle()
    {
        foreach (var decoder in _decoders.Values) decoder.Wait(s_idle);
    }
}
