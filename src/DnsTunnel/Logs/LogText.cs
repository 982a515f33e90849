using System.Buffers;
using System.Globalization;
using System.Text;

namespace DnsTunnel.Logs;

/// <summary>Text of logs for people and other programs: what may steer a terminal or is no UTF-8 is written <c>\DDD</c>, byte by byte.</summary>
internal static class LogText
{
    private static readonly SearchValues<byte> s_printable =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(value => (byte)value)]);

    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(value => (byte)value).Where(value => value != '\\')]);

    public static string Decode(ReadOnlySpan<byte> utf8, LogEscapes escapes = LogEscapes.None)
    {
        if (!utf8.ContainsAnyExcept(escapes == LogEscapes.None ? s_printable : s_plain)) return Encoding.ASCII.GetString(utf8);

        var bytes = ArrayPool<byte>.Shared.Rent(utf8.Length);
        try
        {
            return Escape(bytes.AsSpan(0, Unescape(utf8, escapes, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int Unescape(ReadOnlySpan<byte> text, LogEscapes escapes, Span<byte> bytes)
    {
        var length = 0;
        while (!text.IsEmpty)
        {
            var value = text[0];
            text = text[(value == '\\' ? LogName.Unescape(text, escapes, out value) : 1)..];
            bytes[length++] = value;
        }
        return length;
    }

    private static string Escape(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder(utf8.Length);
        while (!utf8.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(utf8, out var rune, out var read) == OperationStatus.Done;
            if (valid && Printable.IsSafe(rune))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var value in utf8[..read]) text.Append(CultureInfo.InvariantCulture, $"\\{value:D3}");
            }
            utf8 = utf8[read..];
        }
        return text.ToString();
    }
}
