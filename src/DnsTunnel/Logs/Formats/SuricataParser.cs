namespace DnsTunnel.Logs.Formats;

/// <summary>
/// EVE JSON of Suricata (https://docs.suricata.io/en/latest/output/eve/eve-json-format.html#event-type-dns), versions 1 to 3: in 1 each
/// record of an answer is an event, in 3 the question is an array. Query and answer are events of their own in all of them.
/// </summary>
internal sealed class SuricataParser(LogContext context) : JsonLogParser(context, s_map, LogEscapes.Hexadecimal)
{
    private static readonly LogFieldMap s_map = new(
        ("event_type", LogField.Extra),
        ("dns.type", LogField.Kind),
        ("dns.rrname", LogField.Name),
        ("dns.queries.rrname", LogField.Name),
        ("timestamp", LogField.Time),
        ("flow_id", LogField.HostName),
        ("src_ip", LogField.ClientAddress),
        ("src_port", LogField.ClientPort),
        ("dest_ip", LogField.ServerAddress),
        ("dest_port", LogField.ServerPort),
        ("proto", LogField.Transport),
        ("dns.id", LogField.Id),
        ("dns.rrtype", LogField.Type),
        ("dns.queries.rrtype", LogField.Type),
        ("dns.rcode", LogField.ResponseCode),
        ("dns.rdata", LogField.Answer),
        ("dns.answers.rdata", LogField.Answer));

    private const int DnsPort = 53;

    private readonly QueryJoiner _joiner = new(context);
    private bool _isQuery;
    private string _flow = string.Empty;

    public static bool Matches(ReadOnlySpan<byte> line)
    {
        var found = Find(line, s_map);
        return (found & 0b11) == 0b11 && (found & 0b1100) != 0;
    }

    public override void Complete() => _joiner.Complete();

    protected override LogLineStatus Set(LogField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case LogField.Extra:
                return value.SequenceEqual("dns"u8) ? LogLineStatus.Query : LogLineStatus.NoQuery;
            case LogField.Kind:
                _isQuery = value.SequenceEqual("query"u8) || value.SequenceEqual("request"u8);
                return LogLineStatus.Query;
            case LogField.HostName:
                _flow = Context.Texts.Text(value);
                return LogLineStatus.Query;
            case LogField.Name when value.IsEmpty:
                return base.Set(field, "."u8);
            default:
                return base.Set(field, value);
        }
    }

    protected override LogLineStatus Finish()
    {
        // The names of the answer's records differ from the name of the question; flow and id tell.
        var (key, isQuery) = (new JoinKey(_flow, Draft.Id, null, null), _isQuery);
        (_flow, _isQuery) = (string.Empty, false);
        if (Draft.Name is null) return LogLineStatus.NoQuery;
        if (isQuery)
        {
            _joiner.Add(key, Draft);
            Detach();
        }
        else if (_joiner.Find(key) is { } waiting)
        {
            waiting.IsAnswered = true;
            waiting.Draft.TakeAnswer(Draft);
        }
        else
        {
            if (Draft.ClientPort == DnsPort && Draft.ServerPort != DnsPort) Draft.SwapEnds();
            _joiner.AddUnmatched(Draft);
        }
        return LogLineStatus.Query;
    }
}
