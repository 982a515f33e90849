namespace DnsTunnel.ClickHouse;

/// <summary>The table that an address such as <c>https://server:8443/database?table=name</c> means.</summary>
internal sealed class ClickHouseAddress
{
    private const string DefaultDatabase = "default";
    private const string DefaultTable = "dns_query";
    private const string TableParameter = "?table=";

    /// <exception cref="ClickHouseException">It is no such address.</exception>
    public ClickHouseAddress(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0) throw NotValid();
        Server = new Uri(uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        IsPlain = uri.Scheme == "http" && !uri.IsLoopback;
        var database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        if (database.Contains('/', StringComparison.Ordinal)) throw NotValid();
        if (uri.Query.Length > 0 && !uri.Query.StartsWith(TableParameter, StringComparison.Ordinal)) throw NotValid();
        var table = uri.Query.Length > 0 ? Uri.UnescapeDataString(uri.Query[TableParameter.Length..]) : string.Empty;
        if (table.Contains('&', StringComparison.Ordinal)) throw NotValid();
        Database = database.Length > 0 ? database : DefaultDatabase;
        Table = table.Length > 0 ? table : DefaultTable;
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Server { get; }

    /// <summary>Whether others can read what is sent.</summary>
    public bool IsPlain { get; }

    public string Database { get; }

    public string Table { get; }

    /// <summary>The table as a statement names it.</summary>
    public string QualifiedTable => $"{SqlText.Identifier(Database)}.{SqlText.Identifier(Table)}";

    /// <summary>For people.</summary>
    public override string ToString() => $"{Server}{Database}?table={Table}";

    /// <summary>The address itself may hold a secret.</summary>
    private static ClickHouseException NotValid() => new(ClickHouseError.AddressNotValid, "The address of -ClickHouse cannot be used.");
}
