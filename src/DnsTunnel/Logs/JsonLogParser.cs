using System.Text.Json;

namespace DnsTunnel.Logs;

/// <summary>Reads logs with one JSON object a line, whose members a map names.</summary>
internal abstract class JsonLogParser(LogContext context, LogFieldMap map, LogEscapes escapes = LogEscapes.None) : LogParser(context)
{
    private byte[] _scratch = [];

    protected QueryDraft Draft { get; private set; } = new(context);

    /// <summary>Which names of a map an object has, a bit for each rank; 0 when the line is no object.</summary>
    public static ulong Find(ReadOnlySpan<byte> line, LogFieldMap map)
    {
        if (!IsObject(line)) return 0;
        try
        {
            var found = 0UL;
            var fields = new JsonFields(line, new byte[line.Length], stackalloc byte[JsonFields.PathSpace], stackalloc int[JsonFields.DepthSpace]);
            while (fields.Read())
            {
                if (map.Find(fields.Path) is >= 0 and var rank) found |= 1UL << rank;
            }
            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }

    public sealed override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (line.Trim((byte)' ').IsEmpty) return LogLineStatus.NoQuery;
        if (!IsObject(line)) return LogLineStatus.Malformed;
        if (_scratch.Length < line.Length) _scratch = new byte[line.Length * 2];
        try
        {
            return ParseObject(line);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return LogLineStatus.Malformed;
        }
    }

    /// <summary>Sets a field of the draft.</summary>
    protected virtual LogLineStatus Set(LogField field, ReadOnlySpan<byte> value) => Draft.Set(field, value, escapes);

    /// <summary>Called at the end of an object: emits the draft, when it is a query.</summary>
    protected virtual LogLineStatus Finish()
    {
        if (Draft.Name is null) return LogLineStatus.NoQuery;
        Context.Emit(Draft);
        return LogLineStatus.Query;
    }

    /// <summary>Begins a new draft in place of the one that is waiting elsewhere.</summary>
    protected void Detach() => Draft = new QueryDraft(Context);

    private static bool IsObject(ReadOnlySpan<byte> line) => line.TrimStart((byte)' ') is [(byte)'{', ..];

    private LogLineStatus ParseObject(ReadOnlySpan<byte> line)
    {
        Draft.Clear();
        var status = ReadFields(line, _scratch);
        return status == LogLineStatus.Query ? Finish() : status;
    }

    /// <summary>Sets the fields that an object has; objects may hold others as strings.</summary>
    protected LogLineStatus ReadFields(ReadOnlySpan<byte> json, byte[] scratch)
    {
        var status = LogLineStatus.Query;
        var fields = new JsonFields(json, scratch, stackalloc byte[JsonFields.PathSpace], stackalloc int[JsonFields.DepthSpace]);
        while (fields.Read())
        {
            if (map.Find(fields.Path) is not (>= 0 and var rank) || !Draft.Claim(map[rank], rank)) continue;
            var set = Set(map[rank], fields.Value);
            if (set != LogLineStatus.Query) status = set;
        }
        return status;
    }
}
