using System.Globalization;
using System.Numerics;
using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>Tools, scripts and attacks on servers of the second held-out set.</summary>
internal static class SecondTools
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly Reply s_ok = Reply.Of(Record.A(0x05060708, 60));

    public static IEnumerable<Encoder> All =>
        [Nstx, SqlMap, DnsLog, BrowserTunnel, Collaborator, Mistica, ReverseShell, PingLoop, EgressAssess, DnsFtp, Meterpreter, GuidCoded, Decimals, HexStage, Covenant];

    private static Encoder Nstx { get; } =
        new("nstx", "NSTX 1.1 (Sampo and Sundström 2002), layout approximated: base64 of packets behind 'b', TXT", 96,
            (session, chunk) => new($"{Layout.Labels("b" + Radix.Base64Url.Encode([.. session.Bytes(4), .. chunk]))}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Convert.ToBase64String(session.Bytes(90)), 0))))
        {
            Poll = session => new($"b{Radix.Base64Url.Encode(session.Bytes(6))}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt("b", 0))),
            Pace = Timing.Jittered(0.1, 0.5),
            Payload = 6000,
        };

    private static Encoder SqlMap { get; } =
        new("sqlmap", "sqlmap (github.com/sqlmapproject/sqlmap): three letters, hex of a piece of the answer, three letters", 14,
            (session, chunk) => new($"{session.Text(3, Letters)}.{Layout.Hex(chunk)}.{session.Text(3, Letters)}.{session.Domain}", RecordType.A, Reply.NxDomain(session.Domain))) { SendsPlainText = true, Pace = Timing.Jittered(1.5, 0.4), Payload = 500 };

    private static Encoder DnsLog { get; } =
        new("dnslog", "Notes on dnslog services: 'var=11111 && for b in $(ifconfig | xxd -p)': number, 60 hex digits, the id of the service", 30,
            (session, chunk) => new($"{11112 + session.Sequence}.{Layout.Hex(chunk)}.{session.Id & 0xFFFFFF:x6}.{session.Domain}", RecordType.A, s_ok)) { SendsPlainText = true, Pace = Timing.Jittered(0.5, 0.4), Payload = 900 };

    private static Encoder BrowserTunnel { get; } =
        new("browsertunnel", "browsertunnel (github.com/veggiedefender/browsertunnel): id and number of the message, base32 in labels of 63, A and AAAA by dns-prefetch", 60,
            (session, chunk) => new($"{session.Id & 0xFFF:x3}.{session.Sequence}.{Layout.Labels(Radix.Base32.Encode(chunk))}.{session.Domain}", RecordType.A, Reply.NxDomain(session.Domain))) { Zone = "t1.", SendsPlainText = true, Pace = Timing.Exponential(6), Payload = 1500 };

    private static Encoder Collaborator { get; } =
        new("collaborator", "SANS DNS-Exfiltrate and Burp Collaborator: capital base32 before the thirty characters of the interaction", 20,
            (session, chunk) => new($"{Radix.Base32.Encode(chunk).ToUpperInvariant()}.{Radix.Base32.Encode([.. session.MachineId, 1, 2])}.{session.Domain}", RecordType.A, s_ok)) { SendsPlainText = true, Pace = Timing.Jittered(2, 0.5), Payload = 700 };

    private static Encoder Mistica { get; } =
        new("mistica", "Mística (github.com/IncideDigital/Mistica): base64url of RC4 data behind a header, TXT both ways", 80,
            (session, chunk) => new($"{Layout.Labels(Radix.Base64Url.Encode([(byte)session.Id, (byte)session.Sequence, (byte)chunk.Length, .. chunk]))}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Radix.Base64Url.Encode(session.Bytes(70)), 0))))
        {
            Poll = session => new($"{Radix.Base64Url.Encode([(byte)session.Id, .. session.Bytes(5)])}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt("AAAA", 0))),
            Pace = Timing.Jittered(0.8, 0.4),
            Payload = 3000,
        };

    private static Encoder ReverseShell { get; } =
        new("reverse-dns-shell", "reverse_dns_shell (github.com/maxchehab/reverse_dns_shell), approximated: output in base64 with spelled-out signs, polls by name, A and CNAME", 32,
            (session, chunk) => new($"{Radix.Base64Url.Encode(chunk)}.{session.Sequence}.{session.Domain}", RecordType.Cname, Layout.Back(session, RecordType.Cname, session.Bytes(6), Radix.Base32)))
        {
            PollsPerData = 3,
            Poll = session => new($"{session.NextCounter()}.poll.{session.Domain}", RecordType.Cname, Layout.Back(session, RecordType.Cname, session.Bytes(session.Random.Next(4) == 0 ? 30 : 2), Radix.Base32)),
            SendsPlainText = true,
            Pace = Timing.Jittered(3, 0.3),
            Payload = 700,
        };

    /// <summary>A program that connects: the same name with A and AAAA.</summary>
    private static Encoder PingLoop { get; } =
        new("pingloop", "Notes on scripts: certutil -encodehex, then 'ping %n%-%hex%.domain' in a loop; the host asks for A and AAAA", 16,
            (session, chunk) => new($"{session.Sequence}-{Layout.Hex(chunk)}.{session.Domain}", session.NextCounter() % 2 == 0 ? RecordType.A : RecordType.Aaaa, Reply.NxDomain(session.Domain))) { SendsPlainText = true, Pace = Timing.Jittered(1.1, 0.2), Payload = 640 };

    private static Encoder EgressAssess { get; } =
        new("egress-assess", "Egress-Assess (github.com/FortyNorthSecurity/Egress-Assess), DNS client: base64 of pieces with a number, A or TXT", 34,
            (session, chunk) => new($"{Radix.Base64Url.Encode(chunk)}.{session.Sequence}.{session.Domain}", RecordType.Txt, Reply.NxDomain(session.Domain))) { SendsPlainText = true, Pace = Timing.Jittered(0.3, 0.5), Payload = 1800 };

    private static Encoder DnsFtp { get; } =
        new("dnsftp", "DNSFTP (github.com/breakersall/DNSFTP): 'nslookup -type=txt <n>.domain', base64 pieces of a file", 0,
            (session, _) => new($"{session.Sequence}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Convert.ToBase64String(session.Bytes(184)), 300)))) { Worth = 0, Pace = Timing.Jittered(0.6, 0.4) };

    private static Encoder Meterpreter { get; } =
        new("meterpreter", "Metasploit reverse_dns transport, approximated: four letters against caches, command, index, client letter; AAAA answers hold data", 20,
            (session, chunk) => new($"{session.Text(4, Letters)}.t.{session.Sequence:d4}.{Radix.Base32.Encode(chunk)}.{Letters[(int)(session.Id % 26)]}.{session.Domain}", RecordType.Aaaa, Reply.Of(Record.Aaaa(session.Bytes(16), 0))))
        {
            PollsPerData = 3,
            Poll = session => new($"{session.Text(4, Letters)}.g.{session.NextCounter():d4}.0.{Letters[(int)(session.Id % 26)]}.{session.Domain}", RecordType.Aaaa, Reply.Of([.. Enumerable.Range(0, 8).Select(_ => Record.Aaaa(session.Bytes(16), 0))])),
            Pace = Timing.Jittered(1.2, 0.4),
            Payload = 600,
        };

    private static Encoder GuidCoded { get; } =
        new("guidcoded", "Ziza et al. (2023), adversarial names: sixteen bytes as a GUID, as telemetry has them", 16,
            (session, chunk) => new($"{new Guid(chunk):D}.events.{session.Domain}", RecordType.A, s_ok)) { Pace = Timing.Exponential(15), Payload = 800 };

    private static Encoder Decimals { get; } =
        new("decimals", "Card scrapers that write digits as they are (Trustwave and Verizon notes on POS malware): sixteen to eighteen digits a name", 7,
            (session, chunk) => new($"{new BigInteger(chunk, isUnsigned: true).ToString("d17", CultureInfo.InvariantCulture)}.{session.Domain}", RecordType.A, Reply.NxDomain(session.Domain))) { Pace = Timing.Exponential(25), Payload = 420 };

    private static Encoder HexStage { get; } =
        new("hexstage", "DomainTools, Malware in DNS (2025): a file in hex over numbered names of three digits, TXT", 0,
            (session, _) => new($"{session.Sequence:x3}.felix.stf.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Layout.Hex(session.Bytes(120)), 600)))) { Worth = 0, Pace = Timing.Jittered(0.5, 0.5) };

    private static Encoder Covenant { get; } =
        new("dnsc2-words", "Operators' guides on names that pass for hosts: three words and eleven letters of base32, CNAME to hosts of a content network", 7,
            (session, chunk) => new($"{Words.Of(chunk[0])}-{Words.Of(chunk[1])}-{Radix.Base32.Encode(chunk.AsSpan(2))}.cdn.{session.Domain}", RecordType.A, Reply.Of(Record.Cname($"edge{session.Random.Next(40)}.{session.Domain}", 60), Record.A(0x05060708, 60, $"edge.{session.Domain}")))) { Pace = Timing.Jittered(30, 0.5), Payload = 420 };
}
