using System.Net;

namespace DnsTunnel.ClickHouse;

/// <summary>The statements that have a server give what it holds of domains.</summary>
/// <param name="address">The table.</param>
/// <param name="range">Which queries.</param>
internal sealed class QuerySql(ClickHouseAddress address, QueryRange range)
{
    /// <summary>In the order in which rows were stored.</summary>
    public const string StoredOrder = "bitOr(bitShiftLeft(bitShiftRight(batch, 22), 20), row)";

    /// <summary>The domain of names that have none.</summary>
    private const string NoDomain = ".";

    private readonly string _from = $"FROM {address.QualifiedTable} WHERE {range.Condition}";

    /// <summary>The queries of domains, as <see cref="QueryRow"/> reads them.</summary>
    public string Queries(IEnumerable<string> domains) => $"SELECT 1, {QueryRow.Columns} {_from} AND {Are(domains)} ORDER BY {StoredOrder}";

    /// <summary>All domains, in the order of the alphabet.</summary>
    public string Domains() => $"SELECT 1, registered_domain {_from} GROUP BY registered_domain ORDER BY registered_domain";

    /// <summary>Which domains were answered with which of these addresses.</summary>
    public string AnsweredWith(IEnumerable<IPAddress> addresses) =>
        $"SELECT 1, registered_domain, answer FROM {address.QualifiedTable} ARRAY JOIN answers AS answer WHERE {range.Condition} " +
        $"AND answer IN ({string.Join(", ", addresses.Select(a => SqlText.Literal(a.ToString())))}) GROUP BY registered_domain, answer";

    /// <summary>A condition. By key, as the rows lie; the text tells apart what an attacker gave the same key.</summary>
    public static string Are(IEnumerable<string> domains)
    {
        var names = domains.Select(domain => SqlText.Literal(Stored(domain))).ToList();
        return $"domain_key IN ({string.Join(", ", names.Select(name => $"sipHash64({name})"))}) AND registered_domain IN ({string.Join(", ", names)})";
    }

    /// <summary>A domain as volumes name it.</summary>
    public static string Shown(string stored) => stored.Length > 0 ? stored : NoDomain;

    private static string Stored(string domain) => domain == NoDomain ? string.Empty : domain;
}
