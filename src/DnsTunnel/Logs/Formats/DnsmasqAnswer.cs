using System.Buffers.Text;
using System.Text;
using DnsTunnel.Wire;

namespace DnsTunnel.Logs.Formats;

/// <summary>What dnsmasq writes after "is": an address, text, a type in angle brackets, or why there is no record.</summary>
internal static class DnsmasqAnswer
{
    private static readonly string[] s_codes = ["NXDOMAIN", "SERVFAIL", "REFUSED", "NOTIMP", "FORMERR"];

    /// <summary>The type of the record that an answer shows: empty when it could be any, "TXT" for text.</summary>
    public static string TypesOf(ReadOnlySpan<byte> value)
    {
        if (value.SequenceEqual("<CNAME>"u8) || Code(value) is not null) return string.Empty;
        if (value.StartsWith("NODATA"u8)) return value.EndsWith("IPv4"u8) ? "A" : value.EndsWith("IPv6"u8) ? "AAAA" : string.Empty;
        if (value is [(byte)'<', .. var type, (byte)'>']) return Encoding.Latin1.GetString(type);
        if (Utf8Parser.TryParse(value, out byte _, out var digits) && digits < value.Length && value[digits] == '.') return "A";
        return value.Contains((byte)':') && value.IndexOfAnyExcept("0123456789abcdefABCDEF:."u8) < 0 ? "AAAA" : "TXT";
    }

    /// <summary>Whether a record of that type answers a question for another: text answers all questions but those for addresses.</summary>
    public static bool Fits(string answer, string question) =>
        answer.Length == 0 || question == answer || question == "ANY" || (answer == "TXT" && question is not ("A" or "AAAA"));

    public static void Apply(QueryDraft draft, ReadOnlySpan<byte> value)
    {
        draft.ResponseCode = Code(value) ?? draft.ResponseCode ?? DnsCodes.ResponseName(0);
        if (Code(value) is not null || value.StartsWith("NODATA"u8)) return;
        if (value.SequenceEqual("truncated"u8) || value.SequenceEqual("duplicate"u8)) return;
        draft.AnswerCount++;
        if (value is not [(byte)'<', .., (byte)'>']) draft.AddAnswer(value);
    }

    private static string? Code(ReadOnlySpan<byte> value)
    {
        foreach (var code in s_codes)
        {
            if (value.Length >= code.Length && Ascii.Equals(value[..code.Length], code)) return code;
        }
        return null;
    }
}
