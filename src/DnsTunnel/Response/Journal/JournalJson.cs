using System.Text.Json;
using System.Text.Json.Serialization;

namespace DnsTunnel.Response.Journal;

/// <summary>The JSON form of journal lines: ASCII, one line each, actions and states by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>Reads a line; null when it is not whole, or of a version this one does not know.</summary>
    public static JournalEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(line, Default.JournalEntry);
            return entry is { Version: Journal.JournalEntry.CurrentVersion, Id: not null, Target: not null, Provider: not null, Changes: not null } ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The line, with its end.</summary>
    public static byte[] Write(JournalEntry entry) => [.. JsonSerializer.SerializeToUtf8Bytes(entry, Default.JournalEntry), (byte)'\n'];
}
