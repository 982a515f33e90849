namespace DnsTunnel.Monitoring.Sources;

/// <summary>Where queries come from, on and on.</summary>
internal interface IMonitorSource : IDisposable
{
    /// <summary>What it is, for people.</summary>
    string Name { get; }

    /// <summary>Whether to open it again when it has ended.</summary>
    bool GoesOn { get; }

    /// <summary>Packets that were lost before they were read.</summary>
    long Dropped { get; }

    /// <summary>Whether what was there before it was opened has been read; true where nothing can be.</summary>
    bool IsUpToDate => true;

    /// <summary>Begins. Called again after <see cref="Pump"/> has ended or failed.</summary>
    /// <param name="emit">Takes the queries, on the thread of <see cref="Pump"/>.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="Capture.Live.LiveCaptureException">It cannot be captured on.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot be listened on.</exception>
    void Open(Action<DnsQuery> emit);

    /// <summary>Reads until it ends or is cancelled.</summary>
    /// <inheritdoc cref="Open"/>
    void Pump(CancellationToken cancellation);
}
