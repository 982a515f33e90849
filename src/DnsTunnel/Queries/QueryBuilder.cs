using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Wire;

namespace DnsTunnel.Queries;

/// <summary>Makes a <see cref="DnsQuery"/> of each transaction, and passes on those of logs.</summary>
internal sealed class QueryBuilder(PublicSuffixList suffixes, string? source, Action<DnsQuery> emit) : IQuerySink
{
    private const int MaxCachedAddresses = 1 << 16;

    private readonly Dictionary<HostAddress, string> _addresses = [];

    public void OnTransaction(in DnsTransaction transaction)
    {
        var name = DnsName.ToText(transaction.Name);
        var (registeredDomain, subdomain) = suffixes.Split(transaction.Name, name);
        emit(new DnsQuery
        {
            Timestamp = new DateTime(transaction.Ticks, DateTimeKind.Utc),
            ClientAddress = Text(transaction.Client),
            ClientPort = transaction.ClientPort,
            ServerAddress = Text(transaction.Server),
            ServerPort = transaction.ServerPort,
            Transport = transaction.Transport,
            Id = transaction.Id,
            QueryName = name,
            QueryType = DnsTypes.NameOf(transaction.Type),
            QueryClass = DnsCodes.ClassName(transaction.Class),
            ResponseCode = transaction.ResponseCode == DnsTransaction.NoResponse ? null : DnsCodes.ResponseName(transaction.ResponseCode),
            AnswerCount = transaction.AnswerCount,
            Answers = Answers(transaction),
            QuerySize = transaction.QuerySize,
            ResponseSize = transaction.ResponseSize,
            RegisteredDomain = registeredDomain,
            Subdomain = subdomain,
            ProcessId = transaction.Process?.Id,
            ProcessName = transaction.Process?.Name,
            ProcessPath = transaction.Process?.Path,
            UserName = transaction.Process?.UserName,
            Source = source,
        });
    }

    public void OnQuery(DnsQuery query) => emit(query);

    private static string[] Answers(in DnsTransaction transaction)
    {
        if (transaction.AnswerCount == 0) return [];
        var answers = new string[transaction.AnswerCount];
        var reader = transaction.Answers;
        for (var i = 0; reader.TryRead(out var record); i++) answers[i] = record.DataText;
        return answers;
    }

    /// <summary>Nobody has the unspecified address: it is what a source has that does not tell.</summary>
    private string? Text(HostAddress address)
    {
        if (address == default) return null;
        if (_addresses.TryGetValue(address, out var text)) return text;
        if (_addresses.Count == MaxCachedAddresses) _addresses.Clear();
        return _addresses[address] = address.ToString();
    }
}
