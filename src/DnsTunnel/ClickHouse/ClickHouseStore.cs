using System.Net;
using DnsTunnel.Delivery;
using DnsTunnel.Volume;

namespace DnsTunnel.ClickHouse;

/// <summary>A table of queries on a ClickHouse server, or over several servers by a Distributed table.</summary>
/// <param name="address">The table.</param>
/// <param name="credential">Null for the user that the server has for those who do not say.</param>
/// <param name="trust">Whom to trust instead of the system's authorities.</param>
/// <param name="firstWait">Before a batch is sent again.</param>
internal sealed class ClickHouseStore(ClickHouseAddress address, NetworkCredential? credential = null, ServerTrust? trust = null, TimeSpan? firstWait = null) : IQueryStore
{
    /// <summary>A statement may have 256 KiB.</summary>
    private const int MostAddresses = 1000;

    private readonly ClickHouseClient _client = new(address.Server, credential, trust);

    public void Create(CancellationToken cancellation)
    {
        Execute($"CREATE DATABASE IF NOT EXISTS {SqlText.Identifier(address.Database)}");
        Execute($"CREATE TABLE IF NOT EXISTS {address.QualifiedTable} ({QueryColumns.Definition}");

        void Execute(string sql) => _client.ExecuteAsync(sql, cancellation).GetAwaiter().GetResult();
    }

    public void Check(CancellationToken cancellation)
    {
        var sql = $"SELECT 1, name FROM system.columns WHERE database = {SqlText.Literal(address.Database)} AND table = {SqlText.Literal(address.Table)}";
        var found = _client.Query(sql, r => r.ReadString(), cancellation).ToHashSet(StringComparer.Ordinal);
        if (found.Count == 0) throw new ClickHouseException(ClickHouseError.TableNotFound, $"There is no table '{address.Table}' in the database '{address.Database}' of {address.Server.Authority}.");
        var missing = QueryColumns.Names.Where(c => !found.Contains(c)).ToList();
        if (missing.Count > 0) throw new ClickHouseException(ClickHouseError.TableNotCurrent, $"The table '{address.Table}' of {address.Server.Authority} is not of this version of the module: it lacks {string.Join(", ", missing)}.");
    }

    public QueryLoader OpenLoader(CancellationToken cancellation) => new(new BatchSender(_client, address, firstWait ?? TimeSpan.FromMilliseconds(500)), cancellation);

    public QueryFeed OpenFeed(string outbox, bool rereads, int retries)
    {
        var receiver = new QueryReceiver(new BatchSender(_client, address, TimeSpan.Zero), address.ToString(), outbox);
        return new QueryFeed(receiver, new Outbox(outbox, receiver.FileExtension, QueryFeed.MaxBytes), rereads, retries);
    }

    public IEnumerable<DomainVolume> Volumes(QueryRange range, TimeSpan window, bool byClient, int top, CancellationToken cancellation) =>
        _client.Query(new VolumeSql(address, range, window).Volumes(byClient, top), r => VolumeRow.Read(r, window), cancellation);

    public IEnumerable<DomainVolume> Volumes(string domain, TimeSpan window, CancellationToken cancellation) =>
        _client.Query(new VolumeSql(address, QueryRange.Always, window, domain).Volumes(byClient: false, int.MaxValue), r => VolumeRow.Read(r, window), cancellation);

    public IEnumerable<string> Domains(CancellationToken cancellation) =>
        _client.Query(new QuerySql(address, QueryRange.Always).Domains(), r => QuerySql.Shown(r.ReadString()), cancellation);

    public IEnumerable<DnsQuery> Queries(IEnumerable<string> domains, QueryRange range, CancellationToken cancellation) =>
        _client.Query(new QuerySql(address, range).Queries(domains), QueryRow.Read, cancellation);

    public IEnumerable<(string Domain, IPAddress Address)> AnsweredWith(IEnumerable<IPAddress> addresses, QueryRange range, CancellationToken cancellation) =>
        addresses.Chunk(MostAddresses).SelectMany(some =>
            _client.Query(new QuerySql(address, range).AnsweredWith(some), r => (QuerySql.Shown(r.ReadString()), IPAddress.Parse(r.ReadString())), cancellation));

    public long Read(VolumeAggregator aggregator, QueryRange range, TimeSpan window, bool all, CancellationToken cancellation) =>
        _client.Query(new VolumeSql(address, range, window).Names(all), new NameRow(aggregator).Add, cancellation).Sum();

    public void Dispose() => _client.Dispose();
}
