using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DnsTunnel.Processes;

namespace DnsTunnel.Delivery;

/// <summary>
/// A finding as one JSON object without line breaks: fields of the Elastic Common Schema 8.11 as an alert has them, and what the schema
/// has no field for under dns_tunnel.
/// </summary>
internal static class EcsFindingWriter
{
    private static readonly JsonWriterOptions s_options = new()
    {
        // As with queries: names of tunnels are full of + and &, and one wants to search for them as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static byte[] Write(DnsTunnelFinding finding, DateTime now)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using (var json = new Utf8JsonWriter(buffer, s_options)) Write(json, finding, now);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, DnsTunnelFinding finding, DateTime now)
    {
        json.WriteStartObject();
        json.WriteString("@timestamp", FindingSummary.Text(FindingSummary.Time(finding)));
        json.WriteString("message", FindingSummary.Sentence(finding));
        json.WriteStartObject("ecs");
        json.WriteString("version", "8.11.0");
        json.WriteEndObject();
        WriteEvent(json, finding, now);
        json.WriteStartObject("rule");
        json.WriteString("name", finding.RuleName);
        json.WriteString("ruleset", FindingSummary.Product);
        json.WriteEndObject();
        WriteThreat(json, finding);
        json.WriteStartObject("network");
        json.WriteString("protocol", "dns");
        json.WriteEndObject();
        json.WriteStartObject("dns");
        json.WriteString("type", "query");
        json.WriteStartObject("question");
        json.WriteString("registered_domain", finding.Domain);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteSource(json, finding.Client);
        WriteProcess(json, finding.Processes);
        WriteRelated(json, finding);
        WriteOwn(json, finding);
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, DnsTunnelFinding finding, DateTime now)
    {
        json.WriteStartObject("event");
        json.WriteString("id", FindingSummary.Id(finding));
        json.WriteString("kind", "alert");
        WriteList(json, "category", ["network"]);
        WriteList(json, "type", ["info"]);
        json.WriteString("module", "dns_tunnel");
        json.WriteString("dataset", "dns_tunnel.finding");
        json.WriteString("created", FindingSummary.Text(now));
        json.WriteString("start", FindingSummary.Text(finding.FirstSeen));
        json.WriteString("end", FindingSummary.Text(finding.LastSeen));
        json.WriteNumber("severity", finding.RiskScore);
        json.WriteNumber("risk_score", finding.RiskScore);
        if (finding.Reasons.Length > 0) json.WriteString("reason", finding.Reasons[0]);
        json.WriteEndObject();
    }

    private static void WriteThreat(Utf8JsonWriter json, DnsTunnelFinding finding)
    {
        json.WriteStartObject("threat");
        json.WriteString("framework", "MITRE ATT&CK");
        json.WriteStartObject("tactic");
        WriteList(json, "id", [finding.Tactic]);
        if (finding.Tactic == "TA0011") WriteList(json, "name", ["Command and Control"]);
        json.WriteEndObject();
        json.WriteStartObject("technique");
        WriteList(json, "id", [finding.Technique]);
        if (finding.Technique == "T1572") WriteList(json, "name", ["Protocol Tunneling"]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, string? client)
    {
        if (client is null) return;
        json.WriteStartObject("source");
        json.WriteString("address", client);
        // source.ip is of the type ip: one host name in it, and Elasticsearch refuses the whole document.
        if (FindingSummary.IsAddress(client, out var address)) json.WriteString("ip", address.ToString());
        json.WriteEndObject();
    }

    /// <summary>The schema has room for one; all of them stand under dns_tunnel.</summary>
    private static void WriteProcess(Utf8JsonWriter json, string[] processes)
    {
        if (processes is not [var text]) return;
        var (program, id) = ProcessText.Read(text);
        var name = program[(program.LastIndexOfAny(['/', '\\']) + 1)..];
        json.WriteStartObject("process");
        if (id is { } number) json.WriteNumber("pid", number);
        json.WriteString("name", name);
        if (name.Length < program.Length) json.WriteString("executable", program);
        json.WriteEndObject();
    }

    private static void WriteRelated(Utf8JsonWriter json, DnsTunnelFinding finding)
    {
        var clients = FindingSummary.Clients(finding).ToLookup(client => FindingSummary.IsAddress(client, out _));
        json.WriteStartObject("related");
        if (clients[true].Any()) WriteList(json, "ip", clients[true]);
        WriteList(json, "hosts", clients[false].Append(finding.Domain).Concat(finding.RelatedDomains).Distinct());
        json.WriteEndObject();
    }

    private static void WriteOwn(Utf8JsonWriter json, DnsTunnelFinding finding)
    {
        json.WriteStartObject("dns_tunnel");
        json.WriteBoolean("is_tunnel", finding.IsTunnel);
        WriteFinite(json, "score", finding.Score);
        json.WriteString("severity", finding.Severity.ToString());
        if (finding.Life is { } life) json.WriteString("life", life.ToString());
        json.WriteNumber("bytes_out", finding.BytesOut);
        json.WriteNumber("bytes_in", finding.BytesIn);
        json.WriteNumber("query_count", finding.QueryCount);
        json.WriteNumber("unique_names", finding.UniqueNames);
        json.WriteString("window_start", FindingSummary.Text(finding.WindowStart));
        json.WriteString("window_end", FindingSummary.Text(finding.WindowEnd));
        json.WriteNumber("timescale_seconds", (long)finding.Timescale.TotalSeconds);
        if (finding.FirstDetected is { } detected) json.WriteString("first_detected", FindingSummary.Text(detected));
        if (finding.Tool is not null) json.WriteString("tool", finding.Tool);
        if (finding.Exception is not null) json.WriteString("exception", finding.Exception);
        WriteList(json, "reasons", finding.Reasons);
        WriteList(json, "sample_names", finding.SampleNames);
        WriteList(json, "related_domains", finding.RelatedDomains);
        WriteList(json, "clients", FindingSummary.Clients(finding));
        WriteList(json, "processes", finding.Processes);
        WriteFeatures(json, finding);
        json.WriteEndObject();
    }

    private static void WriteFeatures(Utf8JsonWriter json, DnsTunnelFinding finding)
    {
        json.WriteStartObject("features");
        foreach (var (name, feature) in finding.Features.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            WriteFinite(json, "value", feature.Value);
            WriteFinite(json, "contribution", feature.Contribution);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number)) json.WriteNumber(name, number);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
