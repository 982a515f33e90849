namespace DnsTunnel.Logs.Formats;

/// <summary>
/// Elastic Common Schema (https://www.elastic.co/docs/reference/ecs/ecs-dns): Packetbeat, the network packet integration and Elastic
/// Defend, with nested objects or dotted names.
/// </summary>
internal sealed class EcsParser(LogContext context) : JsonLogParser(context, s_map)
{
    private static readonly LogFieldMap s_map = new(
        ("dns.question.name", LogField.Name),
        ("event.start", LogField.Time),
        ("@timestamp", LogField.Time),
        ("client.ip", LogField.ClientAddress),
        ("source.ip", LogField.ClientAddress),
        ("client.port", LogField.ClientPort),
        ("source.port", LogField.ClientPort),
        ("server.ip", LogField.ServerAddress),
        ("destination.ip", LogField.ServerAddress),
        ("server.port", LogField.ServerPort),
        ("destination.port", LogField.ServerPort),
        ("network.transport", LogField.Transport),
        ("dns.id", LogField.Id),
        ("dns.question.type", LogField.Type),
        ("dns.question.class", LogField.Class),
        ("dns.response_code", LogField.ResponseCode),
        ("dns.answers.data", LogField.Answer),
        ("dns.resolved_ip", LogField.Answer),
        ("dns.answers_count", LogField.AnswerCount),
        ("client.bytes", LogField.QuerySize),
        ("source.bytes", LogField.QuerySize),
        ("server.bytes", LogField.ResponseSize),
        ("destination.bytes", LogField.ResponseSize),
        ("host.hostname", LogField.HostName),
        ("host.name", LogField.HostName),
        ("process.pid", LogField.ProcessId),
        ("process.name", LogField.ProcessName),
        ("process.executable", LogField.ProcessPath),
        ("user.name", LogField.UserName),
        ("event.action", LogField.Kind));

    public static bool Matches(ReadOnlySpan<byte> line) => (Find(line, s_map) & 1) != 0;

    protected override LogLineStatus Set(LogField field, ReadOnlySpan<byte> value) => field switch
    {
        LogField.Name when value.IsEmpty => base.Set(field, "."u8),
        // Packetbeat's parser (miekg/dns) writes names with the escapes of master files.
        LogField.Name => Draft.Set(field, value, LogEscapes.Decimal),
        LogField.Answer => AddAnswer(value),
        // Elastic Defend logs a result for each look-up that it logs the start of.
        LogField.Kind => value.SequenceEqual("lookup_requested"u8) ? LogLineStatus.NoQuery : LogLineStatus.Query,
        _ => base.Set(field, value),
    };

    private LogLineStatus AddAnswer(ReadOnlySpan<byte> value)
    {
        Draft.AddData(value, LogEscapes.None);
        return LogLineStatus.Query;
    }
}
