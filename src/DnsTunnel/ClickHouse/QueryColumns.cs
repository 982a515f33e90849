namespace DnsTunnel.ClickHouse;

/// <summary>The columns of the table of queries: what <see cref="QueryRowWriter"/> writes, and what the server makes of it.</summary>
internal static class QueryColumns
{
    /// <summary>In the order in which rows are written.</summary>
    public static readonly (string Name, string Type)[] Written =
    [
        ("batch", "UInt64"), ("row", "UInt32"),
        ("ticks", "Int64"), ("timestamp", "DateTime('UTC')"),
        ("client_address", "String"), ("client_port", "UInt16"), ("server_address", "String"), ("server_port", "UInt16"),
        ("transport", "String"), ("id", "UInt16"), ("query_type", "String"), ("query_class", "String"),
        ("response_code", "String"), ("answer_count", "UInt32"), ("answers", "Array(String)"),
        ("query_size", "UInt32"), ("response_size", "UInt32"),
        ("host_name", "String"), ("process_id", "UInt32"), ("process_name", "String"), ("process_path", "String"),
        ("user_name", "String"), ("source", "String"),
        ("type_number", "UInt16"),
        ("query_name", "String"), ("registered_domain", "String"), ("name_length", "UInt8"), ("subdomain_length", "UInt8"),
        ("part_keys", "Array(UInt64)"), ("part_costs", "Array(UInt16)"),
    ];

    /// <summary>
    /// Equal domains and clients have equal keys, for grouping by numbers is faster than by text. The hour is a column because servers
    /// of 2018 look for toStartOfHour in the wrong place where their time zone is half an hour off.
    /// </summary>
    private static readonly (string Name, string Type, string Expression)[] s_derived =
    [
        ("hour", "UInt32", "DEFAULT intDiv(toUInt32(timestamp), 3600)"),
        ("client", "String", "DEFAULT if(client_address != '', client_address, host_name)"),
        ("client_key", "UInt64", "DEFAULT sipHash64(lower(client))"),
        ("domain_key", "UInt64", "DEFAULT sipHash64(registered_domain)"),
        ("subdomain", "String", "ALIAS if(registered_domain = '', '', substring(query_name, 1, greatest(0, length(query_name) - length(registered_domain) - 1)))"),
    ];

    public static IEnumerable<string> Names => Written.Select(c => c.Name).Concat(s_derived.Select(c => c.Name));

    /// <summary>For a statement that makes the table. Rows lie by month, hour and domain.</summary>
    public static string Definition =>
        string.Join(", ", Written.Select(c => $"{c.Name} {c.Type}").Concat(s_derived.Select(c => $"{c.Name} {c.Type} {c.Expression}"))) +
        ") ENGINE = MergeTree PARTITION BY toYYYYMM(timestamp) ORDER BY (hour, domain_key, client_key, ticks)";
}
