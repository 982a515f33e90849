namespace DnsTunnel.Logs.Formats;

/// <summary>Zeek's dns.log as JSON lines.</summary>
internal sealed class ZeekJsonParser(LogContext context) : JsonLogParser(context, ZeekFields.Map)
{
    public static bool Matches(ReadOnlySpan<byte> line) => ZeekFields.IsRecord(Find(line, ZeekFields.Map));

    protected override LogLineStatus Set(LogField field, ReadOnlySpan<byte> value) => ZeekFields.Set(Draft, field, value);
}
