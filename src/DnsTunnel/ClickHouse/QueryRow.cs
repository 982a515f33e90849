namespace DnsTunnel.ClickHouse;

/// <summary>Reads queries back.</summary>
internal static class QueryRow
{
    /// <summary>What <see cref="Read"/> reads, for a SELECT.</summary>
    public const string Columns =
        "ticks, client_address, client_port, server_address, server_port, transport, id, query_type, query_class, response_code, answer_count, answers, " +
        "query_size, response_size, host_name, process_id, process_name, process_path, user_name, source, query_name, registered_domain, subdomain";

    public static DnsQuery Read(BinaryReader reader) => new()
    {
        Timestamp = new DateTime(reader.ReadInt64(), DateTimeKind.Utc),
        ClientAddress = ReadText(reader),
        ClientPort = reader.ReadUInt16(),
        ServerAddress = ReadText(reader),
        ServerPort = reader.ReadUInt16(),
        Transport = reader.ReadString() == "tcp" ? DnsTransport.Tcp : DnsTransport.Udp,
        Id = reader.ReadUInt16(),
        QueryType = reader.ReadString(),
        QueryClass = reader.ReadString(),
        ResponseCode = ReadText(reader),
        AnswerCount = (int)reader.ReadUInt32(),
        Answers = ReadTexts(reader),
        QuerySize = (int)reader.ReadUInt32(),
        ResponseSize = (int)reader.ReadUInt32(),
        HostName = ReadText(reader),
        ProcessId = (int)reader.ReadUInt32() is > 0 and var id ? id : null,
        ProcessName = ReadText(reader),
        ProcessPath = ReadText(reader),
        UserName = ReadText(reader),
        Source = ReadText(reader),
        QueryName = reader.ReadString(),
        RegisteredDomain = ReadText(reader),
        Subdomain = ReadText(reader),
    };

    private static string? ReadText(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;

    private static string[] ReadTexts(BinaryReader reader)
    {
        var texts = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
        return texts;
    }
}
