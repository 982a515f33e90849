using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DnsTunnel.Export;

/// <summary>
/// Elastic Common Schema (https://www.elastic.co/docs/reference/ecs/ecs-dns), nested objects, one a line. dns.answers_count is
/// Packetbeat's. What is not known is left out. Names keep their escapes (\DDD), as Packetbeat's do.
/// </summary>
internal sealed class EcsQueryWriter : QueryWriter
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private static readonly JsonWriterOptions s_options = new()
    {
        // A file of JSON is no HTML: names of tunnels are full of + and &, and one wants to search for them as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText s_event = Encode("event");
    private static readonly JsonEncodedText s_ip = Encode("ip");
    private static readonly JsonEncodedText s_port = Encode("port");
    private static readonly JsonEncodedText s_bytes = Encode("bytes");
    private static readonly JsonEncodedText s_name = Encode("name");
    private static readonly JsonEncodedText s_type = Encode("type");
    private static readonly JsonEncodedText s_data = Encode("data");

    private readonly Utf8JsonWriter _json;

    public EcsQueryWriter(Stream output)
        : base(output) => _json = new Utf8JsonWriter(Line, s_options);

    protected override void WriteLine(DnsQuery query)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("@timestamp", Utc(query.Timestamp).ToString(TimeFormat, CultureInfo.InvariantCulture));
        WriteEvent();
        WriteEnd("source", query.ClientAddress, query.ClientPort, query.QuerySize);
        WriteEnd("destination", query.ServerAddress, query.ServerPort, query.ResponseSize);
        _json.WriteStartObject("network");
        _json.WriteString("transport", query.Transport == DnsTransport.Tcp ? "tcp" : "udp");
        _json.WriteString("protocol", "dns");
        _json.WriteEndObject();
        WriteDns(query);
        WriteNamed("host", query.HostName);
        WriteProcess(query);
        WriteNamed("user", query.UserName);
        _json.WriteEndObject();
        _json.Flush();
        Line.Write("\n"u8);
    }

    private void WriteEvent()
    {
        _json.WriteStartObject("ecs");
        _json.WriteString("version", "8.11.0");
        _json.WriteEndObject();
        _json.WriteStartObject(s_event);
        _json.WriteString("kind", "event");
        WriteList("category", "network");
        WriteList("type", "protocol");
        _json.WriteEndObject();
    }

    private void WriteList(string name, string value)
    {
        _json.WriteStartArray(name);
        _json.WriteStringValue(value);
        _json.WriteEndArray();
    }

    private void WriteEnd(string name, string? address, int port, int bytes)
    {
        if (address is null && port == 0 && bytes == 0) return;
        _json.WriteStartObject(name);
        if (address is not null) _json.WriteString(s_ip, address);
        if (port != 0) _json.WriteNumber(s_port, port);
        if (bytes != 0) _json.WriteNumber(s_bytes, bytes);
        _json.WriteEndObject();
    }

    private void WriteDns(DnsQuery query)
    {
        _json.WriteStartObject("dns");
        _json.WriteString(s_type, query.ResponseCode is null ? "query" : "answer");
        // A keyword in ECS: ids are compared, not added.
        _json.WriteString("id", query.Id.ToString(CultureInfo.InvariantCulture));
        _json.WriteStartObject("question");
        _json.WriteString(s_name, query.QueryName);
        if (query.QueryType.Length > 0) _json.WriteString(s_type, query.QueryType);
        _json.WriteString("class", query.QueryClass);
        if (query.RegisteredDomain is not null) _json.WriteString("registered_domain", query.RegisteredDomain);
        if (query.Subdomain is not null) _json.WriteString("subdomain", query.Subdomain);
        _json.WriteEndObject();
        if (query.ResponseCode is not null) _json.WriteString("response_code", query.ResponseCode);
        if (query.AnswerCount != 0) _json.WriteNumber("answers_count", query.AnswerCount);
        if (query.Answers.Length > 0) WriteAnswers(query.Answers);
        _json.WriteEndObject();
    }

    private void WriteAnswers(string[] answers)
    {
        _json.WriteStartArray("answers");
        foreach (var answer in answers)
        {
            _json.WriteStartObject();
            _json.WriteString(s_data, answer);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteProcess(DnsQuery query)
    {
        if (query.ProcessId is null && query.ProcessName is null && query.ProcessPath is null) return;
        _json.WriteStartObject("process");
        if (query.ProcessId is { } id) _json.WriteNumber("pid", id);
        if (query.ProcessName is not null) _json.WriteString(s_name, query.ProcessName);
        if (query.ProcessPath is not null) _json.WriteString("executable", query.ProcessPath);
        _json.WriteEndObject();
    }

    private void WriteNamed(string entity, string? name)
    {
        if (name is null) return;
        _json.WriteStartObject(entity);
        _json.WriteString(s_name, name);
        _json.WriteEndObject();
    }

    private static JsonEncodedText Encode(string name) => JsonEncodedText.Encode(name);
}
