using DnsTunnel.Logs.Formats;

namespace DnsTunnel.Logs;

/// <summary>A format of logs. All of them are listed here; a new one is a parser and a line.</summary>
internal sealed class DnsLogFormat
{
    private readonly Matcher _matches;
    private readonly Func<LogContext, LogParser> _open;

    private DnsLogFormat(string name, string description, Matcher matches, Func<LogContext, LogParser> open)
    {
        Name = name;
        Description = description;
        _matches = matches;
        _open = open;
    }

    private delegate bool Matcher(ReadOnlySpan<byte> line);

    /// <summary>The formats, in the order in which they are tried: those that others would match too come first.</summary>
    public static IReadOnlyList<DnsLogFormat> All { get; } =
    [
        new("ZeekTsv", "Zeek dns.log, tab-separated", ZeekTsvParser.Matches, c => new ZeekTsvParser(c)),
        new("ZeekJson", "Zeek dns.log, JSON lines", ZeekJsonParser.Matches, c => new ZeekJsonParser(c)) { IsJson = true },
        new("SysmonJson", "Sysmon event 22, JSON lines of NXLog or winlogbeat", SysmonJsonParser.Matches, c => new SysmonJsonParser(c))
        {
            IsJson = true,
        },
        new("EventXml", "Events of Sysmon (22), Windows DNS client (3008) and server (256 to 258), XML of wevtutil or ToXml()", EventXmlParser.Matches, c => new EventXmlParser(c))
        {
            Terminator = [.. "</Event>"u8],
        },
        new("Ecs", "Elastic Common Schema, JSON lines of Packetbeat or Elastic Agent", EcsParser.Matches, c => new EcsParser(c)) { IsJson = true },
        new("Suricata", "Suricata EVE DNS events, versions 1 to 3", SuricataParser.Matches, c => new SuricataParser(c)) { IsJson = true },
        new("Route53", "Amazon Route 53 Resolver query log, JSON lines", Route53Parser.Matches, c => new Route53Parser(c)) { IsJson = true },
        new("Wrapped", "Lines of another format inside JSON lines of Filebeat, Docker or journald", WrappedParser.Matches, c => new WrappedParser(c))
        {
            IsJson = true,
        },
        new("Dnsmasq", "dnsmasq or Pi-hole with log-queries", DnsmasqParser.Matches, c => new DnsmasqParser(c)),
        new("Unbound", "Unbound with log-queries or log-replies", UnboundParser.Matches, c => new UnboundParser(c)),
        new("PowerDns", "PowerDNS: log-dns-queries, or quiet=no or trace of the Recursor", PowerDnsParser.Matches, c => new PowerDnsParser(c)),
        new("Bind", "BIND 9 or Infoblox query log, file or syslog", BindParser.Matches, c => new BindParser(c)),
        new("CoreDns", "CoreDNS log plugin", CoreDnsParser.Matches, c => new CoreDnsParser(c)),
        new("WindowsDns", "Windows DNS Server debug log", WindowsDnsParser.Matches, c => new WindowsDnsParser(c)),
        new("Umbrella", "Cisco Umbrella DNS log, CSV", UmbrellaParser.Matches, c => new UmbrellaParser(c)),
        new("Dnstap", "dnstap, Frame Streams of any server", _ => false, _ => throw new NotSupportedException("dnstap has no lines.")) { IsBinary = true },
        new("Csv", "CSV whose header names its columns", CsvParser.Matches, c => new CsvParser(c)) { HasHeader = true },
    ];

    public string Name { get; }

    public string Description { get; }

    /// <summary>What ends a record: the line, unless it is XML.</summary>
    public byte[] Terminator { get; private init; } = [(byte)'\n'];

    /// <summary>Whether each record is a JSON object.</summary>
    public bool IsJson { get; private init; }

    /// <summary>Whether it has no lines: it is read as captures are.</summary>
    public bool IsBinary { get; private init; }

    /// <summary>Whether the first line names the columns.</summary>
    public bool HasHeader { get; private init; }

    /// <summary>The format of that name, letter case ignored; null when there is none.</summary>
    public static DnsLogFormat? Find(string name) => All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format that a line shows; null when it could be of any or none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isFirst">Whether it may be the header of columns: whatever comes later is none.</param>
    public static DnsLogFormat? Detect(ReadOnlySpan<byte> line, bool isFirst)
    {
        // The text inside JSON must not be taken for that of a format of its own.
        var isObject = line.TrimStart((byte)' ') is [(byte)'{', ..];
        foreach (var format in All)
        {
            if (format.IsJson == isObject && (isFirst || !format.HasHeader) && format._matches(line)) return format;
        }
        return null;
    }

    public LogParser Open(LogContext context) => _open(context);

    public override string ToString() => Name;
}
