namespace DnsTunnel.Logs.Formats;

/// <summary>
/// Query logs of Amazon Route 53 Resolver
/// (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html): one JSON object a query.
/// </summary>
internal sealed class Route53Parser(LogContext context) : JsonLogParser(context, s_map, LogEscapes.Octal)
{
    private static readonly LogFieldMap s_map = new(
        ("query_name", LogField.Name),
        ("query_timestamp", LogField.UtcTime),
        ("srcaddr", LogField.ClientAddress),
        ("srcids.instance", LogField.HostName),
        ("srcport", LogField.ClientPort),
        ("transport", LogField.Transport),
        ("query_type", LogField.Type),
        ("query_class", LogField.Class),
        ("rcode", LogField.ResponseCode),
        ("answers.Rdata", LogField.Answer));

    private const ulong Required = 0b11;

    public static bool Matches(ReadOnlySpan<byte> line) => (Find(line, s_map) & Required) == Required;
}
