namespace DnsTunnel.Logs.Formats;

/// <summary>Sysmon event 22 as JSON lines of NXLog, winlogbeat or Azure Monitor.</summary>
internal sealed class SysmonJsonParser(LogContext context) : JsonLogParser(context, SysmonFields.Map)
{
    public static bool Matches(ReadOnlySpan<byte> line) => SysmonFields.IsRecord(Find(line, SysmonFields.Map));

    protected override LogLineStatus Set(LogField field, ReadOnlySpan<byte> value) => 
        field == LogField.Extra ? ReadPacked(value.ToArray()) : SysmonFields.Set(Draft, field, value);

    private LogLineStatus ReadPacked(byte[] json) => json is [(byte)'{', ..] ? ReadFields(json, new byte[json.Length]) : LogLineStatus.NoQuery;
}
