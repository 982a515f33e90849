using System.Text.Json;

namespace DnsTunnel.Logs.Formats;

/// <summary>JSON lines of a shipper whose message is a line of a text format: Filebeat, Docker's json-file, journald's export as JSON.</summary>
internal sealed class WrappedParser(LogContext context) : LogParser(context)
{
    private static readonly LogFieldMap s_map = new(
        ("message", LogField.Extra),
        ("MESSAGE", LogField.Extra),
        ("log", LogField.Extra),
        ("event.original", LogField.Extra),
        ("@timestamp", LogField.Time),
        ("time", LogField.Time),
        ("__REALTIME_TIMESTAMP", LogField.Time));

    private readonly Dictionary<DnsLogFormat, LogParser> _parsers = [];
    private byte[] _scratch = [];

    public static bool Matches(ReadOnlySpan<byte> line)
    {
        try
        {
            return TryUnwrap(line, new byte[line.Length], out var message, out _) && DnsLogFormat.Detect(message, isFirst: false) is { IsJson: false };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The lines of several servers may be mixed: each goes to the parser of the first format that it shows.</summary>
    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (_scratch.Length < line.Length) _scratch = new byte[line.Length * 2];
        try
        {
            if (!TryUnwrap(line, _scratch, out var message, out var time)) return LogLineStatus.NoQuery;
            // Lines without a time or a year have that of the shipper.
            if (Context.Clock.TryRead(time, out var shipped)) Context.Clock.Reference = shipped;
            return DnsLogFormat.Detect(message, isFirst: false) is { IsJson: false } format ? Open(format).Parse(message) : LogLineStatus.NoQuery;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return LogLineStatus.Malformed;
        }
    }

    public override void Complete()
    {
        foreach (var parser in _parsers.Values) parser.Complete();
    }

    private static bool TryUnwrap(ReadOnlySpan<byte> line, byte[] scratch, out byte[] message, out byte[] time)
    {
        message = time = [];
        var fields = new JsonFields(line, scratch, stackalloc byte[JsonFields.PathSpace], stackalloc int[JsonFields.DepthSpace]);
        while (fields.Read())
        {
            if (s_map.Find(fields.Path) is not (>= 0 and var rank)) continue;
            if (s_map[rank] == LogField.Time && time.Length == 0) time = fields.Value.ToArray();
            else if (s_map[rank] == LogField.Extra && message.Length == 0) message = fields.Value.TrimEnd("\r\n"u8).ToArray();
        }
        return message.Length > 0;
    }

    private LogParser Open(DnsLogFormat format)
    {
        if (_parsers.TryGetValue(format, out var parser)) return parser;
        return _parsers[format] = format.Open(Context);
    }
}
