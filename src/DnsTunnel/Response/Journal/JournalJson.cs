using System.Text.Json;
using System.Text.Json.Serialization;
using DnsTunnel.Response.Steps;

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
            return entry is { Version: Journal.JournalEntry.CurrentVersion, Id: not null, Target: not null, Provider: not null, Steps: not null } && entry.Steps.All(IsWhole) ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(StepRecord? step) => step is { Kind: not null, Changes: not null };

    /// <summary>The line, with its end.</summary>
    public static byte[] Write(JournalEntry entry) => [.. JsonSerializer.SerializeToUtf8Bytes(entry, Default.JournalEntry), (byte)'\n'];
}
