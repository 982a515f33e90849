using System.Globalization;
using DnsTunnel.Volume;
using DnsTunnel.Wire;

namespace DnsTunnel.ClickHouse;

/// <summary>
/// The statements that have a server count. Names are grouped by the keys of their parts, each with its largest cost; the sum over
/// distinct keys is exact, and each server of a Distributed table does its share.
/// </summary>
/// <param name="address">The table.</param>
/// <param name="range">Which queries.</param>
/// <param name="window">Length of windows.</param>
/// <param name="domain">The only domain; null for all.</param>
internal sealed class VolumeSql(ClickHouseAddress address, QueryRange range, TimeSpan window, string? domain = null)
{
    private readonly string _condition = domain is null ? range.Condition : $"{range.Condition} AND {QuerySql.Are([domain])}";
    private readonly string _window = string.Create(CultureInfo.InvariantCulture, $"intDiv(ticks, {window.Ticks})");
    private readonly string _from = $"FROM {address.QualifiedTable}";

    /// <summary>A row for each window, domain and perhaps client, as <see cref="VolumeRow"/> reads it; by window, in it by information.</summary>
    /// <param name="byClient">Whether clients are told apart.</param>
    /// <param name="top">How many of each window.</param>
    public string Volumes(bool byClient, int top)
    {
        var group = Group(byClient);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            SELECT 1, w, domain, {(byClient ? "asker" : "''")}, queries, names, bytes, intDiv(cost + {BitsUp}, {UnitsPerByte}) AS information,
                clients, nx, longest, sent, received, earliest, latest, types.1, types.2
            FROM (
                SELECT {_window} AS w, {group}, any(registered_domain) AS domain, {(byClient ? "any(client) AS asker, " : "")}count() AS queries,
                    uniqExactIf(client_key, client_key != sipHash64('')) AS clients, countIf(upper(response_code) = 'NXDOMAIN') AS nx, max(name_length) AS longest,
                    sum(query_size) AS sent, sum(response_size) AS received, min(ticks) AS earliest, max(ticks) AS latest,
                    sumMap([type_number], [toUInt64(1)]) AS types
                {_from} WHERE {_condition} GROUP BY w, {group}
            ) ANY INNER JOIN ({Information(group)}) USING w, {group}
            ORDER BY w, information DESC, queries DESC, domain{(byClient ? ", asker" : "")}{(top < int.MaxValue ? $" LIMIT {top} BY w" : "")}
            """);
    }

    /// <summary>
    /// The names that are worth a closer look (see <see cref="Detection.DomainTally"/>), once for each window, client, type and answer, in the
    /// order in which they were stored, as <see cref="NameRow"/> reads them.
    /// </summary>
    /// <param name="all">Whether to give the others too.</param>
    public string Names(bool all)
    {
        var only = all ? "" : string.Create(CultureInfo.InvariantCulture,
            $"""
             AND ((domain_key, client_key) GLOBAL IN (
                SELECT domain_key, client_key FROM ({Information(Group(byClient: true))}) GROUP BY domain_key, client_key
                HAVING sum(names) >= {Detection.DomainTally.MinNames} AND intDiv(sum(cost), {UnitsPerByte}) >= {Detection.DomainTally.MinBytes})
             OR (domain_key, client_key) GLOBAL IN (
                SELECT domain_key, client_key {_from} WHERE {_condition} AND {s_carries} AND notEmpty(answers) GROUP BY domain_key, client_key
                HAVING uniqExact({_window}, query_name, arrayStringConcat(arraySort(answers), ' ')) >= {Detection.Judge.MinNames}))
            """);
        return $"""
            SELECT 1, any(client), query_name, type_number, upper(response_code) = 'NXDOMAIN' AS nx, count(), sum(query_size), sum(response_size), min(ticks), max(ticks),
                if({s_carries}, answers, emptyArrayString()) AS back, argMin(answer_count, ticks), argMin(query_size, ticks), argMin(response_size, ticks)
            {_from} WHERE {_condition}{only}
            GROUP BY {_window}, client_key, query_name, type_number, nx, back
            ORDER BY min({QuerySql.StoredOrder})
            """;
    }

    private static readonly string s_carries =
        string.Create(CultureInfo.InvariantCulture, $"(type_number IN ({string.Join(", ", CarrierTypes.Assigned)}) OR type_number >= {CarrierTypes.FirstUnassigned})");

    private const int UnitsPerByte = 8 * LabelCode.Unit;
    private const int BitsUp = UnitsPerByte - 1;

    private static string Group(bool byClient) => byClient ? "domain_key, client_key" : "domain_key";

    private string Information(string group) =>
        $"""
        SELECT w, {group}, sum(bitAnd(key, 1)) AS names, sum(part_bytes) AS bytes, sum(part_cost) AS cost
        FROM (
            SELECT {_window} AS w, {group}, key, max(part) AS part_cost, max(subdomain_length * bitAnd(key, 1)) AS part_bytes
            {_from} ARRAY JOIN part_keys AS key, part_costs AS part WHERE {_condition} GROUP BY w, {group}, key
        ) GROUP BY w, {group}
        """;
}
