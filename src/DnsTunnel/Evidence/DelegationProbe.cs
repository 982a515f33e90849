using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DnsClient;

namespace DnsTunnel.Evidence;

/// <summary>
/// Asks for the delegation of a domain. The questions reach the name servers of the domain, which the attacker runs: they tell that
/// somebody looks.
/// </summary>
internal sealed class DelegationProbe
{
    private const int MaxServers = 8;

    private readonly LookupClient _client;
    private readonly string _resolver;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _problems = [];

    /// <param name="resolvers">To ask; those of the system when there are none.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public DelegationProbe(IPEndPoint[] resolvers, CancellationToken cancellation)
    {
        var options = resolvers.Length == 0 ? new LookupClientOptions() : new LookupClientOptions(resolvers);
        options.UseCache = false;
        options.Timeout = TimeSpan.FromSeconds(3);
        options.Retries = 1;
        options.ThrowDnsErrors = false;
        _client = new LookupClient(options);
        _resolver = resolvers.Length == 0 ? "the resolver of this computer" : string.Join(", ", resolvers.Select(r => r.ToString()));
        _cancellation = cancellation;
    }

    /// <param name="domain">The registered domain.</param>
    /// <param name="zone">The zone of the tunnel: the same, or one below it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public DnsTunnelDelegation Ask(string domain, string zone)
    {
        var asked = DateTime.UtcNow;
        // The root has no owner to ask about, and an escaped byte is in no name of a server.
        var zones = new[] { domain, zone }.Distinct(StringComparer.OrdinalIgnoreCase).Where(CanBeAsked).ToList();
        var servers = zones.SelectMany(ServersOf).ToArray();
        var soa = zones.Count == 0 ? null : Query(zones[^1], QueryType.SOA)?.AllRecords.SoaRecords().FirstOrDefault();
        var (hasWildcard, answers) = zones.Count == 0 ? (null, []) : AskForNobody(zones[^1]);
        return new DnsTunnelDelegation
        {
            Resolver = _resolver,
            Asked = asked,
            NameServers = servers,
            Soa = soa is null ? null : Text($"{soa.MName.Value} {soa.RName.Value} {soa.Serial} {soa.Refresh} {soa.Retry} {soa.Expire} {soa.Minimum}"),
            SerialDate = soa is null ? null : DateOf(soa.Serial),
            HasWildcard = hasWildcard,
            WildcardAnswers = answers,
            Problems = [.. _problems],
        };
    }

    private static string Text(FormattableString text) => Printable.Text(FormattableString.Invariant(text));

    private static DateTime? DateOf(uint serial) =>
        DateTime.TryParseExact((serial / 100).ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            && date.Year is >= 1990 and < 2100 ? date : null;

    private bool CanBeAsked(string name)
    {
        if (name != "." && !name.Contains('\\', StringComparison.Ordinal)) return true;
        _problems.Add($"'{Printable.Text(name)}' was not asked for");
        return false;
    }

    private DnsTunnelNameServer[] ServersOf(string zone) =>
    [
        .. (Query(zone, QueryType.NS)?.AllRecords.NsRecords() ?? [])
            .Where(record => string.Equals(record.DomainName.Value.TrimEnd('.'), zone, StringComparison.OrdinalIgnoreCase))
            .Select(record => record.NSDName.Value)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxServers)
            .Select(name => new DnsTunnelNameServer(zone, Printable.Text(name.TrimEnd('.')), AddressesOf(name))),
    ];

    private string[] AddressesOf(string name) =>
    [
        .. new[] { QueryType.A, QueryType.AAAA }
            .SelectMany(type => Query(name, type)?.Answers.AddressRecords() ?? [])
            .Select(record => record.Address.ToString())
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>A name that nobody can have made: when it is answered, so is every name.</summary>
    private (bool? HasWildcard, string[] Answers) AskForNobody(string zone)
    {
        var name = $"{Guid.NewGuid():N}.{zone}";
        var responses = new[] { QueryType.A, QueryType.TXT }.Select(type => Query(name, type)).OfType<IDnsQueryResponse>().ToList();
        if (responses.Count == 0) return (null, []);
        var answers = responses.SelectMany(response => response.Answers).Select(record => Printable.Text($"{record.RecordType} {DataOf(record)}")).Distinct(StringComparer.Ordinal).ToArray();
        return (answers.Length > 0, answers);
    }

    private static string DataOf(DnsClient.Protocol.DnsResourceRecord record) => record switch
    {
        DnsClient.Protocol.AddressRecord address => address.Address.ToString(),
        DnsClient.Protocol.TxtRecord text => string.Join(' ', text.EscapedText),
        DnsClient.Protocol.CNameRecord name => name.CanonicalName.Value,
        _ => "",
    };

    private IDnsQueryResponse? Query(string name, QueryType type)
    {
        try
        {
            var response = _client.QueryAsync(name, type, cancellationToken: _cancellation).GetAwaiter().GetResult();
            if (!response.HasError || response.Header.ResponseCode == DnsHeaderResponseCode.NotExistentDomain) return response;
            _problems.Add($"{type} {Printable.Text(name)}: {Printable.Text(response.ErrorMessage)}");
        }
        catch (Exception exception) when (exception is DnsResponseException or ArgumentException or InvalidOperationException or SocketException or IndexOutOfRangeException)
        {
            _cancellation.ThrowIfCancellationRequested();
            _problems.Add($"{type} {Printable.Text(name)}: {Printable.Text(exception.Message)}");
        }

        return null;
    }
}
