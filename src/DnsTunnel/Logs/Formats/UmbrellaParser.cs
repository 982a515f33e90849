namespace DnsTunnel.Logs.Formats;

/// <summary>
/// DNS logs of Cisco Umbrella (https://docs.umbrella.com/deployment-umbrella/docs/log-formats-and-versioning): CSV without a header,
/// to which each version of the format has added columns at the end. Times are UTC.
///   "2015-01-16 17:48:41","user","user,network","10.10.1.100","24.123.132.133","Allowed","1 (A)","NOERROR","example.com.","Chat"
/// </summary>
internal sealed class UmbrellaParser(LogContext context) : LogParser(context)
{
    private const int TimeColumn = 0;
    private const int IdentityColumn = 1;
    private const int InternalAddressColumn = 3;
    private const int ExternalAddressColumn = 4;
    private const int ActionColumn = 5;
    private const int TypeColumn = 6;
    private const int ResponseColumn = 7;
    private const int NameColumn = 8;

    private readonly QueryDraft _draft = new(context);
    private byte[] _scratch = [];

    public static bool Matches(ReadOnlySpan<byte> line)
    {
        if (line is not [(byte)'"', >= (byte)'0' and <= (byte)'9', ..]) return false;
        var fields = new CsvLine(line, (byte)',', new byte[line.Length]);
        var column = 0;
        for (; column <= NameColumn && fields.TryTake(out var field); column++)
        {
            if (column == ActionColumn && !IsAction(field)) return false;
        }
        return column > NameColumn;
    }

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) return LogLineStatus.NoQuery;
        if (_scratch.Length < line.Length) _scratch = new byte[line.Length * 2];
        _draft.Clear();
        var status = LogLineStatus.Query;
        var fields = new CsvLine(line, (byte)',', _scratch);
        var column = 0;
        for (; column <= NameColumn && fields.TryTake(out var value); column++)
        {
            var set = Set(column, value);
            if (set != LogLineStatus.Query) status = set;
        }
        if (column <= NameColumn) return LogLineStatus.Malformed;
        if (status != LogLineStatus.Query) return status;
        if (_draft.Name is null) return LogLineStatus.BadName;
        Context.Emit(_draft);
        return LogLineStatus.Query;
    }

    private static bool IsAction(ReadOnlySpan<byte> field) =>
        field.StartsWith("Allow"u8) || field.StartsWith("Block"u8) || field.StartsWith("Prox"u8);

    private LogLineStatus Set(int column, ReadOnlySpan<byte> value)
    {
        switch (column)
        {
            case TimeColumn:
                return _draft.Set(LogField.UtcTime, value);
            case IdentityColumn:
                return _draft.Set(LogField.UserName, value);
            case InternalAddressColumn:
                return _draft.Set(LogField.ClientAddress, value);
            // A whole network without internal addresses is one client.
            case ExternalAddressColumn when _draft.ClientAddress is null:
                return _draft.Set(LogField.ClientAddress, value);
            case TypeColumn:
                // "1 (A)"
                var word = value.IndexOf((byte)'(');
                return _draft.Set(LogField.Type, word < 0 ? value : value[(word + 1)..].TrimEnd((byte)')'));
            case ResponseColumn:
                return _draft.Set(LogField.ResponseCode, value);
            case NameColumn:
                return _draft.Set(LogField.Name, value, LogEscapes.Decimal);
            default:
                return LogLineStatus.Query;
        }
    }
}
