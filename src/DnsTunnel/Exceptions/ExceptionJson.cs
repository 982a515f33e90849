using System.Text.Json.Serialization;

namespace DnsTunnel.Exceptions;

[JsonSerializable(typeof(ExceptionFileContent))]
internal sealed partial class ExceptionJson : JsonSerializerContext;
