using System.Buffers;
using System.Text.Json;

namespace DnsTunnel.Delivery;

/// <summary>A notice as one JSON object without line breaks, in fields of the Elastic Common Schema 8.11.</summary>
internal static class EcsNoticeWriter
{
    public static byte[] Write(SourceNotice notice)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer)) Write(json, notice);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SourceNotice notice)
    {
        json.WriteStartObject();
        json.WriteString("@timestamp", FindingSummary.Text(notice.Time));
        json.WriteString("message", notice.Text);
        json.WriteStartObject("ecs");
        json.WriteString("version", "8.11.0");
        json.WriteEndObject();
        json.WriteStartObject("event");
        json.WriteString("id", notice.Id);
        json.WriteString("kind", notice.Kind == SourceNoticeKind.Back ? "event" : "pipeline_error");
        json.WriteString("action", notice.Action);
        json.WriteString("module", "dns_tunnel");
        json.WriteString("dataset", "dns_tunnel.source");
        json.WriteString("start", FindingSummary.Text(notice.Since));
        json.WriteEndObject();
        json.WriteStartObject("dns_tunnel");
        json.WriteString("source", notice.Source);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
