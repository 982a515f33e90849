using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DnsTunnel.Exceptions;

/// <summary>The JSON form of exceptions, built-in ones and the user's; indented, for people keep it in version control.</summary>
internal static class ExceptionText
{
    // Patterns stay readable; nothing but JSON is made of it.
    private static readonly ExceptionJson s_json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Reads the content of a file; times become UTC.</summary>
    /// <exception cref="InvalidDataException">It is not whole, or something else.</exception>
    public static DnsTunnelException[] Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var content = JsonSerializer.Deserialize(utf8, s_json.ExceptionFileContent);
            if (content is not null && content.Version != ExceptionFileContent.CurrentVersion) throw new InvalidDataException($"It is of version {content.Version}, not {ExceptionFileContent.CurrentVersion}.");
            if (content is not { Exceptions: not null }) throw new InvalidDataException("It has no exceptions.");
            return [.. content.Exceptions.Select(Checked)];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    public static byte[] Write(IEnumerable<DnsTunnelException> exceptions)
    {
        var content = new ExceptionFileContent { Version = ExceptionFileContent.CurrentVersion, Exceptions = [.. exceptions] };
        return [.. JsonSerializer.SerializeToUtf8Bytes(content, s_json.ExceptionFileContent), (byte)'\n'];
    }

    private static DnsTunnelException Checked(DnsTunnelException? exception, int index)
    {
        if (string.IsNullOrEmpty(exception?.Id) || string.IsNullOrEmpty(exception.Domain) || string.IsNullOrEmpty(exception.Reason))
        {
            throw new InvalidDataException($"Exception {index + 1} has no id, domain or reason.");
        }
        return exception with { Expires = Utc(exception.Expires), Created = Utc(exception.Created) };
    }

    /// <summary>A time that a person wrote without a zone is UTC.</summary>
    private static DateTime? Utc(DateTime? time) => time is { Kind: DateTimeKind.Unspecified } unspecified
        ? DateTime.SpecifyKind(unspecified, DateTimeKind.Utc)
        : time?.ToUniversalTime();
}
