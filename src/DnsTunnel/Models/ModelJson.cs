using System.Text.Json.Serialization;

namespace DnsTunnel.Models;

/// <summary>Reads and writes model files without reflection, which is slow at first use.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ModelDocument))]
internal sealed partial class ModelJson : JsonSerializerContext;
