using DnsTunnel.Delivery;

namespace DnsTunnel.PowerShell;

/// <summary>Where a monitor tells what it finds, besides the pipeline.</summary>
internal sealed class MonitorDelivery : IDisposable
{
    private readonly List<(IReceiver Receiver, BackgroundCourier Courier)> _couriers = [];

    /// <summary>A file that gets a line for each finding and notice; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Adds a receiver; messages wait for it in an outbox.</summary>
    public void Add(IReceiver receiver, string outbox, int retries) =>
        _couriers.Add((receiver, new BackgroundCourier(new Courier(receiver, new Outbox(outbox, receiver.FileExtension), retries, TimeSpan.FromSeconds(0.5)))));

    /// <summary>On disk, in the file and the outboxes, when this returns.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="TimeoutException">Another process holds the file.</exception>
    /// <exception cref="DeliveryException">An outbox cannot be used.</exception>
    public void Tell(DnsTunnelFinding finding, CancellationToken cancellation)
    {
        foreach (var (receiver, courier) in _couriers) courier.Post(receiver.Encode(finding));
        // Last, so that what is in it is in the outboxes too.
        if (File is not null) FindingFile.Append(File, finding, cancellation);
    }

    /// <summary>Whether a finding was told since a time, as far as the file knows.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public bool WasTold(string id, DateTime since) => File is not null && FindingFile.EndsWith(File, id, since);

    /// <summary>Messages that wait for their receivers.</summary>
    public int WaitingCount => _couriers.Sum(c => c.Courier.WaitingCount);

    /// <inheritdoc cref="Tell(DnsTunnelFinding, CancellationToken)"/>
    public void Tell(SourceNotice notice, CancellationToken cancellation)
    {
        if (File is not null) FindingFile.Append(File, notice, cancellation);
        foreach (var (receiver, courier) in _couriers) courier.Post(receiver.Encode(notice));
    }

    /// <summary>What has gone wrong since the last time: sentences.</summary>
    public IEnumerable<string> TakeTroubles() =>
        _couriers.SelectMany(c => c.Courier.TakeTroubles().Select(trouble => Printable.Text(trouble.Message)));

    /// <summary>Receivers get a few seconds for the last messages.</summary>
    public void Dispose()
    {
        foreach (var (_, courier) in _couriers) courier.Dispose();
        _couriers.Clear();
    }
}
