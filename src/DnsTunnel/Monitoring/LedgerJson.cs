using System.Text.Json.Serialization;

namespace DnsTunnel.Monitoring;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LedgerContent))]
internal sealed partial class LedgerJson : JsonSerializerContext;
