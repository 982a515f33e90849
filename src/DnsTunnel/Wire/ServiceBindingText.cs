using System.Globalization;
using System.Net;
using System.Text;

namespace DnsTunnel.Wire;

/// <summary>Presentation format of SVCB and HTTPS records (RFC 9460, section 2.1).</summary>
internal static class ServiceBindingText
{
    private static readonly string[] s_keys = ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp"];

    public static string Format(in DnsRecord record)
    {
        var offset = 2;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{RDataText.U16(record.Data)} {RDataText.Name(record, ref offset)}");
        for (var rest = record.Data[offset..]; rest.Length >= 4;)
        {
            var key = RDataText.U16(rest);
            var value = rest.Slice(4, RDataText.U16(rest[2..]));
            rest = rest[(4 + value.Length)..];
            text.Append(' ').Append(KeyName(key));
            if (!value.IsEmpty) text.Append('=').Append(Value(key, value));
        }

        return text.ToString();
    }

    private static string KeyName(ushort key) =>
        key < s_keys.Length ? s_keys[key] : string.Create(CultureInfo.InvariantCulture, $"key{key}");

    private static string Value(ushort key, ReadOnlySpan<byte> value) => key switch
    {
        0 when value.Length % 2 == 0 => Join(value, 2, static v => KeyName(RDataText.U16(v))),
        1 when TryProtocols(value, out var protocols) => protocols,
        3 when value.Length == 2 => RDataText.U16(value).ToString(CultureInfo.InvariantCulture),
        4 when value.Length % 4 == 0 => Join(value, 4, static v => new IPAddress(v).ToString()),
        5 => Convert.ToBase64String(value),
        6 when value.Length % 16 == 0 => Join(value, 16, static v => new IPAddress(v).ToString()),
        _ => RDataText.Quoted(value),
    };

    private delegate string Formatter(ReadOnlySpan<byte> value);

    private static string Join(ReadOnlySpan<byte> value, int size, Formatter format)
    {
        var parts = new string[value.Length / size];
        for (var i = 0; i < parts.Length; i++) parts[i] = format(value.Slice(i * size, size));
        return string.Join(',', parts);
    }

    /// <summary>Strings with a length byte each (RFC 9460, section 7.1.1).</summary>
    private static bool TryProtocols(ReadOnlySpan<byte> value, out string text)
    {
        var parts = new List<string>();
        text = string.Empty;
        while (!value.IsEmpty)
        {
            if (1 + value[0] > value.Length) return false;
            parts.Add(RDataText.Quoted(value.Slice(1, value[0])).Trim('"'));
            value = value[(1 + value[0])..];
        }

        text = string.Join(',', parts);
        return true;
    }
}
