using DnsTunnel.Volume;

namespace DnsTunnel.ClickHouse;

/// <summary>Queries that are kept, and counted, elsewhere.</summary>
internal interface IQueryStore : IDisposable
{
    /// <summary>Makes what is not there yet.</summary>
    /// <exception cref="ClickHouseException">It cannot be made.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Create(CancellationToken cancellation);

    /// <summary>Finds out whether the store can be used.</summary>
    /// <exception cref="ClickHouseException">Why it cannot.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Check(CancellationToken cancellation);

    QueryLoader OpenLoader(CancellationToken cancellation);

    /// <summary>By window, in it by information.</summary>
    /// <param name="range">Which queries.</param>
    /// <param name="window">Length of windows.</param>
    /// <param name="byClient">Whether clients are told apart.</param>
    /// <param name="top">How many of each window.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <inheritdoc cref="Check"/>
    IEnumerable<DomainVolume> Volumes(QueryRange range, TimeSpan window, bool byClient, int top, CancellationToken cancellation);

    /// <summary>Adds the queries of all domains and clients that are worth a closer look to an aggregator, and returns how many.</summary>
    /// <param name="aggregator">Of the same window, by client.</param>
    /// <param name="range">Which queries.</param>
    /// <param name="window">Length of windows.</param>
    /// <param name="all">Whether to add the others too.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <inheritdoc cref="Check"/>
    long Read(VolumeAggregator aggregator, QueryRange range, TimeSpan window, bool all, CancellationToken cancellation);
}
