using System.Net;
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

    /// <summary>For queries that come on and on, whether or not the store can be reached.</summary>
    /// <param name="outbox">The folder in which they wait.</param>
    /// <param name="rereads">Whether their sources give again what they gave to the process before, in the same order.</param>
    /// <param name="retries">How often to try again at once.</param>
    /// <exception cref="Delivery.DeliveryException">The outbox cannot be used.</exception>
    QueryFeed OpenFeed(string outbox, bool rereads, int retries);

    /// <summary>By window, in it by information.</summary>
    /// <param name="range">Which queries.</param>
    /// <param name="window">Length of windows.</param>
    /// <param name="byClient">Whether clients are told apart.</param>
    /// <param name="top">How many of each window.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <inheritdoc cref="Check"/>
    IEnumerable<DomainVolume> Volumes(QueryRange range, TimeSpan window, bool byClient, int top, CancellationToken cancellation);

    /// <summary>Of one domain, by window.</summary>
    /// <inheritdoc cref="Check"/>
    IEnumerable<DomainVolume> Volumes(string domain, TimeSpan window, CancellationToken cancellation);

    /// <summary>All domains, in the order of the alphabet.</summary>
    /// <inheritdoc cref="Check"/>
    IEnumerable<string> Domains(CancellationToken cancellation);

    /// <summary>The queries of domains, in the order in which they were stored.</summary>
    /// <inheritdoc cref="Check"/>
    IEnumerable<DnsQuery> Queries(IEnumerable<string> domains, QueryRange range, CancellationToken cancellation);

    /// <summary>Which domains were answered with which of these addresses.</summary>
    /// <inheritdoc cref="Check"/>
    IEnumerable<(string Domain, IPAddress Address)> AnsweredWith(IEnumerable<IPAddress> addresses, QueryRange range, CancellationToken cancellation);

    /// <summary>Adds the queries of all domains and clients that are worth a closer look to an aggregator, and returns how many.</summary>
    /// <param name="aggregator">Of the same window, by client.</param>
    /// <param name="range">Which queries.</param>
    /// <param name="window">Length of windows.</param>
    /// <param name="all">Whether to add the others too.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <inheritdoc cref="Check"/>
    long Read(VolumeAggregator aggregator, QueryRange range, TimeSpan window, bool all, CancellationToken cancellation);
}
