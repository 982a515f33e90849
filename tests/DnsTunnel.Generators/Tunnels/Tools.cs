using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>Tunnelling tools that carry a stream both ways.</summary>
internal static class Tools
{
    private const byte Dns2tcpNop = 4;
    private const byte Dns2tcpData = 8;

    public static Encoder Dns2tcp(string typeName, ushort type) =>
        new("dns2tcp", "dns2tcp README and doc (github.com/alex-sector/dns2tcp): base64 of a session header and data, '=auth' and '=connect'", 110,
            (session, chunk) => Dns2tcpQuestion(session, chunk, "", type))
        {
            Variant = typeName,
            Zone = "d2t.",
            Open = session => [Dns2tcpQuestion(session, [], "=auth.", type), Dns2tcpQuestion(session, session.Bytes(20), "=auth.", type), Dns2tcpQuestion(session, "ssh"u8.ToArray(), "=connect.", type)],
            Poll = session => Dns2tcpQuestion(session, [], "", type),
            Pace = Timing.Jittered(0.05, 0.5),
            Payload = 12000,
        };

    public static Encoder OzymanDns { get; } =
        new("ozymandns", "OzymanDNS 0.1 (Kaminsky 2004): base32 '<data>.<n>-<rand>.id-<id>.up.<zone>', polls 'down' as TXT", 110,
            (session, chunk) => new($"{Layout.Labels(Radix.Base32.Encode(chunk), 60)}.{session.Sequence * 110}-{session.Random.Next(1000)}.id-{session.Id % 100000}.up.{session.Domain}", RecordType.A,
                Reply.Of(Record.A(0x01020304, 0))))
        {
            Zone = "sshdns.",
            Poll = session => new($"{session.NextCounter() * 220}-{session.Random.Next(100000)}.id-{session.Id % 100000}.down.{session.Domain}", RecordType.Txt,
                Reply.Of(Record.Txt(Convert.ToBase64String(session.Bytes(session.Random.Next(4) == 0 ? 150 : 10)), 0))),
            PollsPerData = 2,
            Pace = Timing.Jittered(0.15, 0.4),
        };

    public static Encoder Dnscapy { get; } =
        new("dnscapy", "DNScapy client (github.com/FedericoCeratto/dnscapy): SSH over CNAME and TXT; base64, packet, message letter, connection, a random number", 100,
            (session, chunk) => DnscapyQuestion(session, $"{Layout.Labels(Convert.ToBase64String(chunk))}.{session.Sequence % 40}.b"))
        {
            Open = session => [DnscapyQuestion(session, "a")],
            Poll = session => DnscapyQuestion(session, session.Random.Next(2) == 0 ? "c" : $"{session.Random.Next(12)}.d"),
            Pace = Timing.Jittered(0.12, 0.5),
        };

    public static Encoder Dnstt { get; } =
        new("dnstt", "dnstt protocol notes (bamsoftware.com/software/dnstt): base32 of client id, padding and packet; TXT; EDNS 4096; polls back off from 0.5 to 10 s", 100,
            (session, chunk) => DnsttQuestion(session, [0xE3, .. session.Bytes(3), (byte)chunk.Length, .. chunk], session.Random.Next(3) == 0 ? 200 : 30))
        {
            Zone = "t.",
            Poll = session => DnsttQuestion(session, [0xE8, .. session.Bytes(8)], session.Random.Next(3) == 0 ? 700 : 2),
            Pace = Timing.Jittered(0.1, 0.6),
            Payload = 12000,
            EdnsSize = 4096,
        };

    public static Encoder Slipstream { get; } =
        new("slipstream", "slipstream protocol page (endpositive.github.io/slipstream): base32 of QUIC packets in TXT questions", 135,
            (session, chunk) => new(Layout.Labels(Radix.Base32.Encode(chunk), 57) + "." + session.Domain, RecordType.Txt, Reply.Of(Record.Txt(Latin(session.Bytes(180)), 0))))
        {
            Poll = session => new(Layout.Labels(Radix.Base32.Encode(session.Bytes(27)), 57) + "." + session.Domain, RecordType.Txt, Reply.Of(Record.Txt(Latin(session.Bytes(24)), 0))),
            Pace = Timing.Jittered(0.03, 0.6),
            Payload = 14000,
            KeepsPort = true,
            EdnsSize = 1232,
        };

    public static Encoder Tuns { get; } =
        new("tuns", "Nussbaum et al., On Robust Covert Channels Inside DNS (IFIP SEC 2009): CNAME only, 'd<base32>' and short polls 'r<n>'", 100,
            (session, chunk) => TunsQuestion(session, "d" + Radix.Base32.Encode(chunk).ToUpperInvariant()))
        {
            Poll = session => TunsQuestion(session, "r" + session.NextCounter()),
            Pace = Timing.Jittered(0.08, 0.4),
        };

    public static Encoder TcpOverDns { get; } =
        new("tcp-over-dns", "tcp-over-dns (analogbit.com), layout approximated: base32 labels with client id and sequence, CNAME or TXT", 90,
            (session, chunk) => new($"{Layout.Labels(Radix.Base32.Encode(Layout.Frame(chunk, (ushort)session.Id, (ushort)session.Sequence)), 50)}.{session.Domain}", RecordType.Cname,
                Layout.Back(session, RecordType.Cname, session.Bytes(40), Radix.Base32)))
        {
            Poll = session => new($"{Radix.Base32.Encode(Layout.Frame([], (ushort)session.Id, (ushort)session.NextCounter(), 0xFFFF))}.{session.Domain}", RecordType.Txt,
                Layout.Back(session, RecordType.Txt, session.Bytes(60), Radix.Base64)),
            Pace = Timing.Jittered(0.1, 0.4),
            KeepsPort = true,
        };

    public static Encoder Heyoka { get; } =
        new("heyoka", "Heyoka (Revelli, Leidecker 2009, heyoka.sourceforge.net): all eight bits in the labels, NULL or TXT answers", 150,
            (session, chunk) => new(Layout.Labels(Latin(Layout.Frame(chunk, (ushort)session.Id, (ushort)session.Sequence)), 60) + "." + session.Domain,
                session.Random.Next(2) == 0 ? RecordType.Null : RecordType.Txt, Reply.Of(Record.Raw(RecordType.Null, session.Bytes(120)))))
        {
            Pace = Timing.Jittered(0.05, 0.5),
            Payload = 9000,
        };

    /// <summary>Each byte is one character; a dot is U+012E, which is 2E on the wire but ends no label.</summary>
    private static string Latin(byte[] bytes) => new([.. bytes.Select(value => value == (byte)'.' ? '\u012E' : (char)value)]);

    private static Question Dns2tcpQuestion(Session session, byte[] chunk, string verb, ushort type)
    {
        byte[] frame = [.. Layout.Frame([], (ushort)session.Id, (ushort)session.Sequence, (ushort)session.NextCounter()), chunk.Length > 0 ? Dns2tcpData : Dns2tcpNop, .. chunk];
        var back = Layout.Frame(session.Bytes(session.Random.Next(3) == 0 ? 120 : 0), (ushort)session.Id, (ushort)session.Sequence, 2);
        return new($"{Layout.Labels(Radix.Base64.Encode(frame))}.{verb}{session.Domain}", type, Layout.Back(session, type, back, Radix.Base64, 3));
    }

    private static Question DnscapyQuestion(Session session, string text)
    {
        var type = session.Random.Next(2) == 0 ? RecordType.Txt : RecordType.Cname;
        var connection = text == "a" ? "" : $"{session.Id % 20}.";
        return new($"{text}.{connection}{session.Random.Next(65536)}.{session.Domain}", type,
            Layout.Back(session, type, session.Bytes(session.Random.Next(2) == 0 ? 60 : 6), Radix.Base64, 10));
    }

    private static Question DnsttQuestion(Session session, byte[] body, int backSize) =>
        new(Layout.Labels(Radix.Base32.Encode([.. session.MachineId[..8], .. body])) + "." + session.Domain, RecordType.Txt,
            Reply.Of(Record.Txt(Latin(session.Bytes(backSize)), 60)));

    private static Question TunsQuestion(Session session, string text) =>
        new(Layout.Labels(text) + "." + session.Domain, RecordType.Cname,
            Reply.Of(Record.Cname($"dIUAAAV{Layout.Labels(Radix.Base32.Encode(session.Bytes(35)).ToUpperInvariant(), 56)}.{session.Domain}", 1)));
}
