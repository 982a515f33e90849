namespace DnsTunnel.Logs.Formats;

/// <summary>The fields of Zeek's dns.log (https://docs.zeek.org/en/master/scripts/base/protocols/dns/main.zeek.html).</summary>
internal static class ZeekFields
{
    /// <summary>With underscores where a shipper made them of dots; fields that name a query come first.</summary>
    public static LogFieldMap Map { get; } = new(
        ("ts", LogField.Time),
        ("id.orig_h", LogField.ClientAddress),
        ("id_orig_h", LogField.ClientAddress),
        ("query", LogField.Name),
        ("trans_id", LogField.Id),
        ("qtype_name", LogField.Type),
        ("qtype", LogField.TypeNumber),
        ("id.orig_p", LogField.ClientPort),
        ("id_orig_p", LogField.ClientPort),
        ("id.resp_h", LogField.ServerAddress),
        ("id_resp_h", LogField.ServerAddress),
        ("id.resp_p", LogField.ServerPort),
        ("id_resp_p", LogField.ServerPort),
        ("proto", LogField.Transport),
        ("qclass_name", LogField.Class),
        ("qclass", LogField.ClassNumber),
        ("rcode_name", LogField.ResponseCode),
        ("answers", LogField.Answer));

    private const ulong Time = 1 << 0;
    private const ulong Client = 1 << 1 | 1 << 2;
    private const ulong Query = 1 << 3 | 1 << 4;

    /// <summary>Whether an object with these members is a dns.log record.</summary>
    public static bool IsRecord(ulong found) => (found & Time) != 0 && (found & Client) != 0 && (found & Query) != 0;

    /// <summary>Sets a field from what Zeek writes in its own way, in both of its formats.</summary>
    public static LogLineStatus Set(QueryDraft draft, LogField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            // Zeek's own test files have their times masked: XXXXXXXXXX.XXXXXX.
            case LogField.Time when !value.IsEmpty && !value.ContainsAnyExcept((byte)'X', (byte)'.'):
            // NetBIOS types have numbers of DNS types; only the name tells them apart.
            case LogField.TypeNumber when draft.Type.Length > 0:
            case LogField.ClassNumber when value is [(byte)'1']:
            case LogField.Class when value.SequenceEqual("C_INTERNET"u8):
                return LogLineStatus.Query;
            // The root is an empty string.
            case LogField.Name when value.IsEmpty:
                return draft.Set(field, "."u8);
            // Types, classes and codes without a name: query-65534, qclass-5, rcode-24.
            case LogField.Type when value.StartsWith("query-"u8):
                return draft.Set(field, value["query-"u8.Length..]);
            case LogField.Class when value.StartsWith("qclass-"u8):
                return draft.Set(field, value["qclass-"u8.Length..]);
            case LogField.ResponseCode when value.StartsWith("rcode-"u8):
                return draft.Set(field, value["rcode-"u8.Length..]);
            default:
                return draft.Set(field, value, LogEscapes.Hexadecimal);
        }
    }
}
