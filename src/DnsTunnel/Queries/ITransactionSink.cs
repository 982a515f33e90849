namespace DnsTunnel.Queries;

/// <summary>Takes transactions as they complete.</summary>
internal interface ITransactionSink
{
    /// <summary>The spans of the transaction are valid during the call only.</summary>
    void OnTransaction(in DnsTransaction transaction);
}
