namespace DnsTunnel.Delivery;

/// <summary>Brings messages to a receiver on a thread of its own, so that one that is down costs nothing but the outbox.</summary>
internal sealed class BackgroundCourier : IDisposable
{
    /// <summary>How often the outbox is looked at for what waits from before.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    /// <summary>How long the last messages may take when it is to end; what remains waits in the outbox.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly Courier _courier;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _work;
    private volatile bool _isEnding;
    private DeliveryException? _told;

    /// <param name="courier">Has an outbox; belongs to this one from here on.</param>
    public BackgroundCourier(Courier courier)
    {
        _courier = courier;
        _work = Task.Run(WorkAsync);
    }

    public string Name => _courier.Name;

    public int WaitingCount => _courier.WaitingCount;

    /// <summary>Keeps a message on disk and has it sent.</summary>
    /// <exception cref="DeliveryException">It could not be kept.</exception>
    public void Post(ReadOnlyMemory<byte> message)
    {
        _courier.Keep(message);
        _news.Release();
    }

    /// <summary>What has gone wrong since the last time: a receiver that is not reached is told once until it is again.</summary>
    public IReadOnlyList<DeliveryException> TakeTroubles()
    {
        var troubles = new List<DeliveryException>();
        while (_courier.Refused.TryDequeue(out var refused)) troubles.Add(refused.Cause);
        var trouble = _courier.Trouble;
        if (trouble is not null && _told is null) troubles.Add(trouble);
        _told = trouble;
        return troubles;
    }

    /// <summary>Sends what waits, if it goes quickly.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _news.Release();
        if (!_work.Wait(s_farewell)) _stopping.Cancel();
        _work.Wait();
        _courier.Dispose();
        _stopping.Dispose();
        _news.Dispose();
    }

    private async Task WorkAsync()
    {
        for (var isLast = false; !isLast;)
        {
            isLast = _isEnding;
            try
            {
                await _courier.DrainAsync(_stopping.Token).ConfigureAwait(false);
                if (!isLast) await _news.WaitAsync(s_pause, _stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (DeliveryException exception)
            {
                _courier.Refused.Enqueue(("", exception));
                if (!isLast) await Task.Delay(s_pause, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
