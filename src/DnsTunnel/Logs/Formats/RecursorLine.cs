namespace DnsTunnel.Logs.Formats;

/// <summary>
/// A line of the Recursor's structured log, its default from 4.8 on (https://doc.powerdns.com/recursor/settings.html#structured-logging):
/// names and values in quotes, in which a quote or backslash has a backslash before it.
/// </summary>
internal readonly ref struct RecursorLine(ReadOnlySpan<byte> line)
{
    /// <summary>Twice the longest text of a name: each of its backslashes is two here.</summary>
    public const int MaxValueLength = 2048;

    private readonly ReadOnlySpan<byte> _line = line;

    public static bool Matches(ReadOnlySpan<byte> line) => line.IndexOf("msg=\"Question"u8) >= 0 || line.IndexOf("msg=\"Answer\""u8) >= 0;

    /// <summary>The value of a field in the buffer, of <see cref="MaxValueLength"/> bytes; empty when there is none, or it is longer.</summary>
    public ReadOnlySpan<byte> Get(ReadOnlySpan<byte> field, Span<byte> buffer)
    {
        // A value with quotes may look like a field, so values are passed over and not searched.
        var rest = _line;
        for (int equals; (equals = rest.IndexOf("=\""u8)) >= 0;)
        {
            var name = rest[(rest[..equals].LastIndexOf((byte)' ') + 1)..equals];
            rest = rest[(equals + 2)..];
            var length = TakeValue(ref rest, buffer);
            if (name.SequenceEqual(field)) return buffer[..Math.Max(0, length)];
        }
        return default;
    }

    /// <summary>Takes a value and its end off the line; its length, or -1 when it does not fit or has no end.</summary>
    private static int TakeValue(ref ReadOnlySpan<byte> rest, Span<byte> buffer)
    {
        var length = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            var value = rest[i];
            if (value == '"')
            {
                rest = rest[(i + 1)..];
                return length <= buffer.Length ? length : -1;
            }
            if (value == '\\' && ++i < rest.Length) value = rest[i];
            if (length < buffer.Length) buffer[length] = value;
            length++;
        }
        rest = default;
        return -1;
    }
}
