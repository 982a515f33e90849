using System.Buffers;
using System.Globalization;
using System.Text;
using DnsTunnel.Wire;

namespace DnsTunnel.Export;

/// <summary>
/// Zeek's dns.log (https://docs.zeek.org/en/master/scripts/base/protocols/dns/main.zeek.html) with the columns that Zeek writes, in its
/// order. It has none for sizes, host, process and user; a count of answers is that of their texts.
/// </summary>
internal sealed class ZeekQueryWriter : QueryWriter
{
    private const string ClockFormat = "yyyy-MM-dd-HH-mm-ss";

    private static readonly (string Name, string Type)[] s_columns =
    [
        ("ts", "time"), ("uid", "string"), ("id.orig_h", "addr"), ("id.orig_p", "port"), ("id.resp_h", "addr"), ("id.resp_p", "port"),
        ("proto", "enum"), ("trans_id", "count"), ("rtt", "interval"), ("query", "string"), ("qclass", "count"), ("qclass_name", "string"),
        ("qtype", "count"), ("qtype_name", "string"), ("rcode", "count"), ("rcode_name", "string"), ("AA", "bool"), ("TC", "bool"),
        ("RD", "bool"), ("RA", "bool"), ("Z", "count"), ("answers", "vector[string]"), ("TTLs", "vector[interval]"), ("rejected", "bool"),
    ];

    public ZeekQueryWriter(Stream output, DateTime opened)
        : base(output)
    {
        WriteHeader(@"#separator \x09");
        WriteHeader("#set_separator\t,");
        WriteHeader("#empty_field\t(empty)");
        WriteHeader("#unset_field\t-");
        WriteHeader("#path\tdns");
        WriteHeader("#open\t" + opened.ToString(ClockFormat, CultureInfo.InvariantCulture));
        WriteHeader("#fields\t" + string.Join('\t', s_columns.Select(c => c.Name)));
        WriteHeader("#types\t" + string.Join('\t', s_columns.Select(c => c.Type)));
        Send();
    }

    protected override void WriteLine(DnsQuery query)
    {
        WriteTime(Utc(query.Timestamp));
        Text(null);
        Text(query.ClientAddress);
        Number(query.ClientPort);
        Text(query.ServerAddress);
        Number(query.ServerPort);
        Text(query.Transport == DnsTransport.Tcp ? "tcp" : "udp");
        Separate();
        ZeekText.WriteNumber(Line, query.Id);
        Text(null);
        Separate();
        ZeekText.WriteName(Line, query.QueryName);
        WriteCodes(query);
        // AA, TC, RD, RA and Z.
        for (var i = 0; i < 5; i++) Text(null);
        Separate();
        ZeekText.WriteVector(Line, query.Answers);
        Text(null);
        Text("F");
        Line.Write("\n"u8);
    }

    protected override void Complete()
    {
        WriteHeader("#close\t" + DateTime.Now.ToString(ClockFormat, CultureInfo.InvariantCulture));
        Send();
    }

    private void WriteHeader(string text)
    {
        Encoding.ASCII.GetBytes(text, Line);
        Line.Write("\n"u8);
    }

    /// <summary>Microseconds as Zeek has them, and a seventh digit where a capture had nanoseconds.</summary>
    private void WriteTime(DateTime time)
    {
        var ticks = (time - DateTime.UnixEpoch).Ticks;
        if (ticks < 0)
        {
            ZeekText.WriteText(Line, null);
            return;
        }
        var (seconds, fraction) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        ZeekText.WriteNumber(Line, seconds);
        var (micros, rest) = Math.DivRem(fraction, TimeSpan.TicksPerMicrosecond);
        Span<byte> digits = [(byte)'.', 0, 0, 0, 0, 0, 0, (byte)('0' + rest)];
        for (var i = 6; i > 0; i--, micros /= 10) digits[i] = (byte)('0' + micros % 10);
        Line.Write(rest == 0 ? digits[..7] : digits);
    }

    private void WriteCodes(DnsQuery query)
    {
        var @class = DnsCodes.FindClass(query.QueryClass);
        OptionalNumber(@class);
        Text(@class switch
        {
            1 => "C_INTERNET",
            3 => "C_CHAOS",
            4 => "C_HESIOD",
            254 => "C_NONE",
            255 => "C_ANY",
            { } other => string.Create(CultureInfo.InvariantCulture, $"qclass-{other}"),
            null => OrNull(query.QueryClass),
        });
        int? type = DnsTypes.TryParse(query.QueryType, out var number) ? number : null;
        OptionalNumber(type);
        var isNamed = type is null || !query.QueryType.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase);
        Text(type == DnsTypes.Any ? "*" : isNamed ? OrNull(query.QueryType) : string.Create(CultureInfo.InvariantCulture, $"query-{type}"));
        var code = query.ResponseCode is null ? null : DnsCodes.FindResponse(query.ResponseCode);
        OptionalNumber(code);
        var isUnknown = code is not null && query.ResponseCode!.StartsWith("RCODE", StringComparison.Ordinal);
        Text(isUnknown ? string.Create(CultureInfo.InvariantCulture, $"rcode-{code}") : query.ResponseCode);
    }

    private void Number(int number) => OptionalNumber(number == 0 ? null : number);

    private void OptionalNumber(int? number)
    {
        Separate();
        if (number is { } value) ZeekText.WriteNumber(Line, value);
        else ZeekText.WriteText(Line, null);
    }

    private void Text(string? text)
    {
        Separate();
        ZeekText.WriteText(Line, text);
    }

    private void Separate() => Line.Write([ZeekText.Separator]);

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
