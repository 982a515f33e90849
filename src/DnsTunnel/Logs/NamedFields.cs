using System.Globalization;
using System.Text;
using DnsTunnel.Logs.Formats;

namespace DnsTunnel.Logs;

/// <summary>
/// Names under which products and people have the fields of queries in tables and objects; case and the signs between words do not
/// count. Zeek, ECS, Sysmon, Cisco Umbrella, the Network_Resolution model of Splunk CIM, the DNS schema of Microsoft Sentinel's ASIM,
/// Microsoft Defender XDR, and the properties of <see cref="DnsQuery"/> themselves.
/// </summary>
internal static class NamedFields
{
    /// <summary>Files, processes and findings have these too, so they come last among the names for query names.</summary>
    private static readonly string[] s_vague = ["domain", "name"];

    public static LogFieldMap Map { get; } = new(
        ("dns.question.name", LogField.Name),
        ("query_name", LogField.Name),
        ("qname", LogField.Name),
        ("query", LogField.Name),
        ("rrname", LogField.Name),
        ("dns_query", LogField.Name),
        ("dns_query_string", LogField.Name),
        ("query_target", LogField.Name),
        ("request_name", LogField.Name),
        ("fqdn", LogField.Name),
        ("domain_name", LogField.Name),
        ("domain", LogField.Name),
        ("name", LogField.Name),
        ("@timestamp", LogField.Time),
        ("query_timestamp", LogField.Time),
        ("event.start", LogField.Time),
        ("event_start_time", LogField.Time),
        ("event_time", LogField.Time),
        ("time_created", LogField.Time),
        ("start_time", LogField.Time),
        ("date_time", LogField.Time),
        ("time", LogField.Time),
        ("ts", LogField.Time),
        // When the event reached the collector, which may be minutes later.
        ("time_generated", LogField.Time),
        ("utc_time", LogField.UtcTime),
        ("client.ip", LogField.ClientAddress),
        ("source.ip", LogField.ClientAddress),
        ("client_address", LogField.ClientAddress),
        ("source_address", LogField.ClientAddress),
        ("src_ip", LogField.ClientAddress),
        ("src_ip_addr", LogField.ClientAddress),
        ("src_addr", LogField.ClientAddress),
        ("internal_ip", LogField.ClientAddress),
        ("local_ip", LogField.ClientAddress),
        ("ip_address", LogField.ClientAddress),
        ("id.orig_h", LogField.ClientAddress),
        ("client", LogField.ClientAddress),
        ("src", LogField.ClientAddress),
        ("external_ip", LogField.ClientAddress),
        ("source", LogField.Source),
        ("client_port", LogField.ClientPort),
        ("source_port", LogField.ClientPort),
        ("src_port", LogField.ClientPort),
        ("src_port_number", LogField.ClientPort),
        ("local_port", LogField.ClientPort),
        ("id.orig_p", LogField.ClientPort),
        ("server.ip", LogField.ServerAddress),
        ("server_address", LogField.ServerAddress),
        ("destination_ip", LogField.ServerAddress),
        ("dest_ip", LogField.ServerAddress),
        ("dst_ip", LogField.ServerAddress),
        ("dst_ip_addr", LogField.ServerAddress),
        ("remote_ip", LogField.ServerAddress),
        ("id.resp_h", LogField.ServerAddress),
        ("dest", LogField.ServerAddress),
        ("server_port", LogField.ServerPort),
        ("destination_port", LogField.ServerPort),
        ("dest_port", LogField.ServerPort),
        ("dst_port_number", LogField.ServerPort),
        ("remote_port", LogField.ServerPort),
        ("id.resp_p", LogField.ServerPort),
        ("transport", LogField.Transport),
        ("network.transport", LogField.Transport),
        ("network_protocol", LogField.Transport),
        ("protocol", LogField.Transport),
        ("proto", LogField.Transport),
        ("id", LogField.Id),
        ("dns.id", LogField.Id),
        ("transaction_id", LogField.Id),
        ("trans_id", LogField.Id),
        ("dns.question.type", LogField.Type),
        // Splunk's query_type is that of the message: Query, Status.
        ("record_type", LogField.Type),
        ("query_type", LogField.Type),
        ("qtype_name", LogField.Type),
        ("dns_query_type_name", LogField.Type),
        ("dns_query_type", LogField.Type),
        ("qtype", LogField.Type),
        ("rrtype", LogField.Type),
        ("type", LogField.Type),
        ("dns.question.class", LogField.Class),
        ("query_class", LogField.Class),
        ("qclass_name", LogField.Class),
        ("dns_query_class_name", LogField.Class),
        ("dns_query_class", LogField.Class),
        ("qclass", LogField.Class),
        ("dns.response_code", LogField.ResponseCode),
        ("response_code", LogField.ResponseCode),
        ("rcode_name", LogField.ResponseCode),
        ("dns_response_code_name", LogField.ResponseCode),
        ("rcode", LogField.ResponseCode),
        ("reply_code", LogField.ResponseCode),
        ("query_status", LogField.ResponseNumber),
        ("answers", LogField.Answer),
        ("dns.answers.data", LogField.Answer),
        ("dns.resolved_ip", LogField.Answer),
        ("answer", LogField.Answer),
        ("query_results", LogField.Extra),
        ("answer_count", LogField.AnswerCount),
        ("query_size", LogField.QuerySize),
        ("response_size", LogField.ResponseSize),
        ("host_name", LogField.HostName),
        ("src_hostname", LogField.HostName),
        ("computer", LogField.HostName),
        ("machine_name", LogField.HostName),
        ("device_name", LogField.HostName),
        ("host", LogField.HostName),
        ("process_id", LogField.ProcessId),
        ("process.pid", LogField.ProcessId),
        ("src_process_id", LogField.ProcessId),
        ("initiating_process_id", LogField.ProcessId),
        ("process_name", LogField.ProcessName),
        ("src_process_name", LogField.ProcessName),
        ("initiating_process_file_name", LogField.ProcessName),
        ("process_path", LogField.ProcessPath),
        ("process.executable", LogField.ProcessPath),
        ("initiating_process_folder_path", LogField.ProcessPath),
        ("image", LogField.ProcessPath),
        ("user_name", LogField.UserName),
        ("src_username", LogField.UserName),
        ("initiating_process_account_name", LogField.UserName),
        ("user", LogField.UserName));

    /// <summary>Whether a name says that there is a query, and not only that there is a domain or anything with a name.</summary>
    public static bool NamesQuery(string name, LogField field) =>
        field == LogField.Name && !s_vague.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets a field from its text, in any of the forms that the products have.</summary>
    public static LogLineStatus Set(QueryDraft draft, LogField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case LogField.Time when draft.Set(field, value) != LogLineStatus.Query:
                return TryReadDate(Encoding.UTF8.GetString(value), out var time) ? draft.SetTime(time) : LogLineStatus.BadTime;
            // Umbrella: 1 (A).
            case LogField.Type when value.EndsWith(")"u8):
                return draft.Set(field, value[(value.IndexOf((byte)'(') + 1)..^1]);
            // What Export-Csv makes of an array.
            case LogField.Answer when value.SequenceEqual("System.String[]"u8):
                return LogLineStatus.Query;
            case LogField.Answer:
                return draft.Set(field, value);
            case LogField.Extra:
                return SysmonFields.Set(draft, LogField.Answer, value);
            case LogField.ResponseNumber:
                return SysmonFields.Set(draft, field, value);
            default:
                return draft.Set(field, value, LogEscapes.Decimal);
        }
    }

    /// <summary>
    /// 11/14/2023 22:13:20, month first with or without AM and PM, as PowerShell and the portals of Microsoft write it; 14.11.2023
    /// 22:13:20, day first.
    /// </summary>
    private static bool TryReadDate(string text, out DateTime time)
    {
        const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal;
        time = default;
        if (!text.Contains(':', StringComparison.Ordinal)) return false;
        if (text.Contains('/', StringComparison.Ordinal)) return DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out time);
        return DateTime.TryParseExact(text, "d.M.yyyy H:mm:ss", CultureInfo.InvariantCulture, Styles, out time);
    }
}
