using System.Text;
using DnsTunnel.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.Logs.Formats;

/// <summary>
/// Events of Windows that are queries: Sysmon 22; of the DNS client 3008, a look-up that ended
/// (Microsoft-Windows-DNS-Client/Operational); of the DNS server (Microsoft-Windows-DNSServer/Analytical) 256, QUERY_RECEIVED, with
/// 257, RESPONSE_SUCCESS, and 258, RESPONSE_FAILURE. The others of these providers tell of the same queries again, or of what the
/// server asked itself (260, RECURSE_QUERY_OUT, and 261, RECURSE_RESPONSE_IN).
/// </summary>
internal static class WindowsEvents
{
    /// <summary>What the client and server name otherwise than Sysmon. The client is the source of queries, the destination of responses.</summary>
    public static LogFieldMap Map { get; } = new(
        ("QNAME", LogField.Name),
        ("QueryType", LogField.TypeNumber),
        ("QTYPE", LogField.TypeNumber),
        ("Source", LogField.ClientAddress),
        ("Destination", LogField.ClientAddress),
        ("Port", LogField.ClientPort),
        ("InterfaceIP", LogField.ServerAddress),
        ("TCP", LogField.Transport),
        ("XID", LogField.Id),
        ("RCODE", LogField.ResponseCode),
        ("PacketData", LogField.Extra));

    /// <param name="provider">Null when it is not told: then it is taken for Sysmon.</param>
    /// <param name="id">The event id.</param>
    public static WindowsEventKind KindOf(string? provider, int id) => id switch
    {
        22 when provider is null || provider.Contains("Sysmon", StringComparison.OrdinalIgnoreCase) => WindowsEventKind.LookUp,
        256 when provider == "Microsoft-Windows-DNSServer" => WindowsEventKind.Query,
        257 or 258 when provider == "Microsoft-Windows-DNSServer" => WindowsEventKind.Response,
        3008 when provider == "Microsoft-Windows-DNS-Client" => WindowsEventKind.LookUp,
        _ => WindowsEventKind.Other,
    };

    public static LogLineStatus Set(QueryDraft draft, LogField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case LogField.Transport:
                draft.Transport = value is [(byte)'1'] || value.SequenceEqual("true"u8) ? DnsTransport.Tcp : DnsTransport.Udp;
                return LogLineStatus.Query;
            case LogField.Extra:
                SetPacket(draft, value);
                return LogLineStatus.Query;
            default:
                return draft.Set(field, value);
        }
    }

    /// <summary>
    /// The message itself, in hexadecimal after 0x: its name is the one that was on the wire, byte by byte, and it alone has the answers.
    /// The last of the data, so it has precedence; an event that is cut there keeps the others.
    /// </summary>
    private static void SetPacket(QueryDraft draft, ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("0x"u8)) return;
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(Encoding.Latin1.GetString(text[2..]));
        }
        catch (FormatException)
        {
            return;
        }

        Span<byte> name = stackalloc byte[DnsName.MaxWireLength];
        if (DnsMessage.TryRead(bytes, name, out var message) != DnsReadStatus.Ok || message.QuestionCount == 0) return;
        draft.SetName(message.QuestionName);
        if (!message.IsResponse)
        {
            draft.QuerySize = message.Length;
            return;
        }
        draft.ResponseSize = message.Length;
        draft.ResponseCode = DnsCodes.ResponseName(message.ResponseCode);
        draft.AnswerCount = message.AnswerCount;
        for (var answers = message.Answers; answers.TryRead(out var record);) draft.AddAnswer(record.DataText);
    }
}
