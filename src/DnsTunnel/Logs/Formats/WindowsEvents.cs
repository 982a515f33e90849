namespace DnsTunnel.Logs.Formats;

/// <summary>
/// Events of Windows that are queries: Sysmon 22; of the DNS client 3008, a look-up that ended
/// (Microsoft-Windows-DNS-Client/Operational); of the DNS server 256, QUERY_RECEIVED (Microsoft-Windows-DNSServer/Analytical). The
/// others of these providers tell of the same queries again, or of what the server asked itself.
/// </summary>
internal static class WindowsEvents
{
    /// <summary>What the client and server name otherwise than Sysmon.</summary>
    public static LogFieldMap Map { get; } = new(
        ("QNAME", LogField.Name),
        ("QueryType", LogField.TypeNumber),
        ("QTYPE", LogField.TypeNumber),
        ("Source", LogField.ClientAddress),
        ("Port", LogField.ClientPort),
        ("InterfaceIP", LogField.ServerAddress),
        ("TCP", LogField.Transport),
        ("XID", LogField.Id));

    /// <param name="provider">Null when it is not told: then it is taken for Sysmon.</param>
    /// <param name="id">The event id.</param>
    public static bool IsQuery(string? provider, int id) => id switch
    {
        22 => provider is null || provider.Contains("Sysmon", StringComparison.OrdinalIgnoreCase),
        256 => provider == "Microsoft-Windows-DNSServer",
        3008 => provider == "Microsoft-Windows-DNS-Client",
        _ => false,
    };

    public static LogLineStatus Set(QueryDraft draft, LogField field, ReadOnlySpan<byte> value)
    {
        if (field != LogField.Transport) return draft.Set(field, value);
        draft.Transport = value is [(byte)'1'] || value.SequenceEqual("true"u8) ? DnsTransport.Tcp : DnsTransport.Udp;
        return LogLineStatus.Query;
    }
}
