using System.Buffers.Text;
using DnsTunnel.Wire;

namespace DnsTunnel.Logs.Formats;

/// <summary>Sysmon event 22 (https://learn.microsoft.com/sysinternals/downloads/sysmon): what it has of a query, as JSON and as XML.</summary>
internal static class SysmonFields
{
    /// <summary>Flat names are NXLog's and the event's own, winlog.* those of winlogbeat; Azure packs the event data in a string.</summary>
    public static LogFieldMap Map { get; } = new(
        ("QueryName", LogField.Name),
        ("winlog.event_data.QueryName", LogField.Name),
        ("EventData", LogField.Extra),
        ("EventID", LogField.Kind),
        ("winlog.event_id", LogField.Kind),
        ("event_id", LogField.Kind),
        ("event.code", LogField.Kind),
        ("QueryResults", LogField.Answer),
        ("winlog.event_data.QueryResults", LogField.Answer),
        ("QueryStatus", LogField.ResponseNumber),
        ("winlog.event_data.QueryStatus", LogField.ResponseNumber),
        ("UtcTime", LogField.UtcTime),
        ("winlog.event_data.UtcTime", LogField.UtcTime),
        ("TimeCreated", LogField.Time),
        ("SystemTime", LogField.Time),
        ("TimeGenerated", LogField.Time),
        ("@timestamp", LogField.Time),
        ("EventTime", LogField.Time),
        ("Hostname", LogField.HostName),
        ("winlog.computer_name", LogField.HostName),
        ("Computer", LogField.HostName),
        ("computer_name", LogField.HostName),
        ("host.name", LogField.HostName),
        ("ProcessId", LogField.ProcessId),
        ("winlog.event_data.ProcessId", LogField.ProcessId),
        ("process.pid", LogField.ProcessId),
        ("Image", LogField.ProcessPath),
        ("winlog.event_data.Image", LogField.ProcessPath),
        ("process.executable", LogField.ProcessPath),
        ("User", LogField.UserName),
        ("winlog.event_data.User", LogField.UserName));

    private const ulong Names = 0b111;
    private const ulong Kinds = 0b111_1000;
    private const ulong Results = 0b1111 << 7;
    private const ulong Packed = 1 << 2;

    // winerror.h: DNS_ERROR_RESPONSE_CODES_BASE; the RCODE is added to it.
    private const int ResponseCodesBase = 9000;

    /// <summary>DNS_INFO_NO_RECORDS and DNS_ERROR_RECORD_DOES_NOT_EXIST: the name exists, with other types.</summary>
    private const int NoRecords = 9501;

    private const int RecordDoesNotExist = 9701;
    private const int MaxResponseCode = 23;

    /// <summary>Whether an object with these members is a query of Sysmon.</summary>
    public static bool IsRecord(ulong found) => (found & Names) != 0 && (found & Kinds) != 0 && (found & (Results | Packed)) != 0;

    public static LogLineStatus Set(QueryDraft draft, LogField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case LogField.Kind:
                return value.SequenceEqual("22"u8) ? LogLineStatus.Query : LogLineStatus.NoQuery;
            case LogField.Answer:
                SetResults(draft, value);
                return LogLineStatus.Query;
            case LogField.ResponseNumber:
                draft.ResponseCode = Response(value);
                return LogLineStatus.Query;
            case var _ when value is [(byte)'-']:
                return LogLineStatus.Query;
            // The time of the collector, in whatever form, is not worth an error when the time of the event is there.
            case LogField.Time:
                if (draft.Time is null) draft.Set(field, value);
                return LogLineStatus.Query;
            default:
                return draft.Set(field, value);
        }
    }

    /// <summary>The response code a status of DnsQueryEx stands for; null when no response was had (1460 is a timeout).</summary>
    private static string? Response(ReadOnlySpan<byte> status)
    {
        if (!Utf8Parser.TryParse(status, out int code, out _)) return null;
        return code switch
        {
            0 or NoRecords or RecordDoesNotExist => DnsCodes.ResponseName(0),
            > ResponseCodesBase and <= ResponseCodesBase + MaxResponseCode => DnsCodes.ResponseName(code - ResponseCodesBase),
            _ => null,
        };
    }

    /// <summary>type:  5 name;::ffff:192.0.2.1; – addresses bare, other records with the number of their type.</summary>
    private static void SetResults(QueryDraft draft, ReadOnlySpan<byte> results)
    {
        while (!results.IsEmpty)
        {
            var end = results.IndexOf((byte)';');
            var result = (end < 0 ? results : results[..end]).Trim((byte)' ');
            results = end < 0 ? default : results[(end + 1)..];
            if (result.StartsWith("type:"u8))
            {
                result = result["type:"u8.Length..].TrimStart((byte)' ');
                var space = result.IndexOf((byte)' ');
                result = space < 0 ? default : result[(space + 1)..];
            }
            if (!result.IsEmpty && result is not [(byte)'-']) draft.AddAnswer(result);
        }
    }
}
