namespace DnsTunnel.Queries;

/// <summary>Takes what any file holds: transactions of a capture, which are no objects, and queries of a log, which are.</summary>
internal interface IQuerySink : ITransactionSink
{
    void OnQuery(DnsQuery query);
}
