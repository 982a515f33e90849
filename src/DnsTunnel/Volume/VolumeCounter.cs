using DnsTunnel.Names;
using DnsTunnel.Processes;
using DnsTunnel.Queries;
using DnsTunnel.Wire;

namespace DnsTunnel.Volume;

/// <summary>Makes items to count from both kinds of source: transactions of a file (no object is made), and DnsQuery objects.</summary>
internal sealed class VolumeCounter(IVolumeSink sink) : IQuerySink
{
    private readonly byte[] _name = new byte[DnsName.MaxWireLength];

    public void OnTransaction(in DnsTransaction transaction) => sink.Add(new VolumeItem
    {
        Ticks = transaction.Ticks,
        ClientAddress = transaction.Client,
        Name = transaction.Name,
        NameHash = transaction.NameHash,
        Type = transaction.Type,
        IsNxDomain = transaction.ResponseCode == DnsCodes.NxDomain,
        QuerySize = transaction.QuerySize,
        ResponseSize = transaction.ResponseSize,
        Process = transaction.Process,
        Answer = AnswerData.Of(transaction),
    });

    public void OnQuery(DnsQuery query) => Add(query);

    /// <summary>A type that the registry does not have (Zeek writes those of NetBIOS) counts as TYPE0: the name matters more.</summary>
    /// <exception cref="FormatException">The name of the query is no domain name.</exception>
    public void Add(DnsQuery query)
    {
        if (!DnsName.TryParse(query.QueryName, _name, out var length)) throw new FormatException("its QueryName is not a domain name");
        _ = DnsTypes.TryParse(query.QueryType, out var type);
        sink.Add(new VolumeItem
        {
            Ticks = (query.Timestamp.Kind == DateTimeKind.Local ? query.Timestamp.ToUniversalTime() : query.Timestamp).Ticks,
            ClientName = query.ClientAddress ?? query.HostName,
            Name = _name.AsSpan(0, length),
            NameHash = NameHash.OfAnyCase(_name.AsSpan(0, length)),
            Type = type,
            IsNxDomain = string.Equals(query.ResponseCode, DnsCodes.ResponseName(DnsCodes.NxDomain), StringComparison.OrdinalIgnoreCase),
            QuerySize = query.QuerySize,
            ResponseSize = query.ResponseSize,
            Process = ProcessOf(query),
            Answer = AnswerData.Of(query, type),
        });
    }

    private static AskingProcess? ProcessOf(DnsQuery query) =>
        query.ProcessId is null && query.ProcessName is null && query.ProcessPath is null ? null : new AskingProcess(query.ProcessId, query.ProcessName, query.ProcessPath, query.UserName);
}
