using System.Collections.Concurrent;
using Polly;
using Polly.Retry;

namespace DnsTunnel.Delivery;

/// <summary>
/// Brings messages to a receiver, with patience. With an outbox each is on disk before it is sent and until it has arrived, so a receiver
/// that is down, or a process that is killed, loses nothing; one that arrived just before a kill comes twice, with the same id.
/// </summary>
internal sealed class Courier : IDisposable
{
    /// <summary>How long a receiver that was down is left alone; else every message would wait for it anew.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    private readonly IMessageReceiver _receiver;
    private readonly Outbox? _outbox;
    private readonly ResiliencePipeline _patience;
    private long _resumeAt;

    /// <param name="receiver">Whom to bring them to; belongs to the courier from here on.</param>
    /// <param name="outbox">Where they wait; null for nowhere.</param>
    /// <param name="retries">How often to try again.</param>
    /// <param name="firstDelay">How long to wait before the first new try; it doubles with each.</param>
    public Courier(IMessageReceiver receiver, Outbox? outbox, int retries, TimeSpan firstDelay)
    {
        _receiver = receiver;
        _outbox = outbox;
        _patience = Patience(retries, firstDelay);
    }

    /// <summary>Why the messages in the outbox wait; null when the last attempt went well.</summary>
    public DeliveryException? Trouble { get; private set; }

    /// <summary>How many messages wait.</summary>
    public int WaitingCount => _outbox?.Waiting.Length ?? 0;

    /// <summary>The messages that the receiver refused, by the files that keep them, and why.</summary>
    public ConcurrentQueue<(string File, DeliveryException Cause)> Refused { get; } = [];

    /// <summary>Sends a message, or keeps it.</summary>
    /// <exception cref="DeliveryException">Without an outbox: it did not arrive. With one: it could not be kept.</exception>
    public async Task DeliverAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_outbox is null)
        {
            await SendAsync(message, cancellationToken).ConfigureAwait(false);
            return;
        }
        _outbox.Add(message);
        await DrainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a message for <see cref="DrainAsync"/>, which another thread may call; needs an outbox.</summary>
    /// <exception cref="DeliveryException">It could not be kept.</exception>
    public void Keep(ReadOnlyMemory<byte> message) => _outbox!.Add(message);

    /// <summary>Who the receiver is, for people.</summary>
    public string Name => _receiver.Name;

    /// <summary>Sends what waits, oldest first, until the first that does not go.</summary>
    /// <exception cref="DeliveryException">The outbox cannot be used.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (_outbox is null || Environment.TickCount64 < _resumeAt || WaitingCount == 0) return;
        using var turn = _outbox.TryLock();
        if (turn is null) return;
        foreach (var file in _outbox.Waiting)
        {
            try
            {
                await SendAsync(_outbox.Read(file), cancellationToken).ConfigureAwait(false);
            }
            catch (DeliveryException exception) when (exception.Error == DeliveryError.FindingRefused)
            {
                Refused.Enqueue((_outbox.Refuse(file), exception));
                continue;
            }
            catch (DeliveryException exception) when (exception.Error != DeliveryError.OutboxNotUsable)
            {
                Trouble = exception;
                _resumeAt = Environment.TickCount64 + (long)s_pause.TotalMilliseconds;
                return;
            }
            _outbox.Remove(file);
        }
        Trouble = null;
    }

    public void Dispose() => _receiver.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        await _patience.ExecuteAsync(async token => await _receiver.SendAsync(message, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static ResiliencePipeline Patience(int retries, TimeSpan firstDelay)
    {
        if (retries == 0) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DeliveryException>(exception => exception.IsTransient),
            MaxRetryAttempts = retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = firstDelay,
            MaxDelay = TimeSpan.FromSeconds(30),
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as DeliveryException)?.RetryAfter),
        }).Build();
    }
}
