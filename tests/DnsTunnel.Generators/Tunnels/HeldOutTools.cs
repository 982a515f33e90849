using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>Tools and scripts that no model is trained on; those that only bring data in have names that say next to nothing.</summary>
internal static class HeldOutTools
{
    private static readonly Reply s_ok = Reply.Of(Record.A(0x05060708, 60));

    public static IEnumerable<Encoder> All =>
    [
        Dnsteal, Weasel, Profiled, Uploads(3, 30), Uploads(8, 24), Uploads(10, 12), HostLabels, Uppercase, Spread,
        TxtStager, AaaaStager, CnameStager, TxtCommands, NumberedBeacon,
    ];

    private static Encoder Dnsteal { get; } =
        new("dnsteal", "dnsteal (github.com/m57/dnsteal): base64 in labels that end with '-', then the name of the file", 90,
            (session, chunk) => new($"{Layout.Labels(Radix.Base64Url.Encode(chunk), 45).Replace(".", "-.", StringComparison.Ordinal)}-.notes.txt.{session.Domain}", RecordType.A, Reply.Silence)) { Pace = Timing.Jittered(0.3, 0.3), Payload = 3000 };

    private static Encoder Weasel { get; } =
        new("weasel", "WEASEL (github.com/facebookincubator/WEASEL): session of five characters, AAAA both ways", 20,
            (session, chunk) => new($"{Radix.Base32.Encode([(byte)session.Sequence, .. chunk])}.{Radix.Base32.Encode(session.MachineId.AsSpan(0, 3))}.{session.Domain}", RecordType.Aaaa, Reply.Of(Record.Aaaa(session.Bytes(16), 0))))
        {
            Poll = session => new($"{Radix.Base32.Encode([9, (byte)session.NextCounter(), (byte)session.Random.Next(256)])}.{Radix.Base32.Encode(session.MachineId.AsSpan(0, 3))}.{session.Domain}", RecordType.Aaaa, Reply.Of(Record.Aaaa(session.Bytes(16), 0))),
            Pace = Timing.Jittered(10, 0.5),
            Payload = 600,
        };

    /// <summary>A beacon whose profile names the hosts: short ids, few names, TXT tasks.</summary>
    private static Encoder Profiled { get; } =
        new("malleable", "Cobalt Strike 4.3 user guide, dns-beacon block: prefixes of the operator before counter and id in hex", 24,
            (session, chunk) => new($"img.1{Layout.Hex(chunk)}.{session.Sequence % 16:x}{session.Random.Next(1 << 28):x7}.{session.Id & 0xFFFFFFF:x7}.{session.Domain}", RecordType.A, s_ok))
        {
            PollsPerData = 4,
            Poll = session => new($"{session.Id & 0xFFFFFFF:x7}.{session.Domain}", RecordType.A, s_ok),
            Pace = Timing.Jittered(60, 0.3),
            Payload = 800,
        };

    /// <summary>Base64 by turns over domains with little on each.</summary>
    private static Encoder Uploads(int domains, int bytes) =>
        new("rotating", "Unit 42, DNS tunneling in the wild (2024): an upload by turns over domains of one owner", bytes,
            (session, chunk) => new($"{session.Sequence:d2}-{Radix.Base64Url.Encode(chunk)}.{session.Domain}", RecordType.A, Reply.NxDomain(session.Domain)))
        {
            Variant = $"{domains}",
            Pace = Timing.Jittered(25, 0.5),
            Payload = bytes * 40,
            Domains = domains,
        };

    private static Encoder HostLabels { get; } =
        new("hostlabels", "Malware that puts host and user name before its data (Unit 42, tracking campaigns, 2024)", 10,
            (session, chunk) => new($"{session.Sequence}.desktop-{session.Id & 0xFFFFFF:x6}.jsmith.{Layout.Hex(chunk)}.{session.Domain}", RecordType.A, s_ok)) { Pace = Timing.Jittered(40, 0.5), Payload = 350 };

    private static Encoder Uppercase { get; } =
        new("uppercase", "Scripts around certutil and nslookup: hex dump in capitals, fixed 15 bytes, number behind a dash", 15,
            (session, chunk) => new($"{Convert.ToHexString(chunk)}-{session.Sequence}.u.{session.Domain}", RecordType.A, Reply.NxDomain(session.Domain))) { SendsPlainText = true, Pace = Timing.Jittered(2, 0.3), Payload = 600 };

    private static Encoder Spread { get; } =
        new("spread", "Ziza et al. (2023): seven bytes a name, minutes apart, as hosts of a content network have them", 7,
            (session, chunk) => new($"srv-{Radix.Base32.Encode(chunk)}.static.{session.Domain}", RecordType.A, s_ok)) { Pace = Timing.Exponential(120), Payload = 420 };

    private static Encoder TxtStager { get; } =
        new("txtstager", "PowerDNS and DNSlivery (READMEs): numbered names, base64 of 180 bytes in TXT", 0,
            (session, _) => new($"{session.Sequence}.stage.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Convert.ToBase64String(session.Bytes(180)), 60)))) { Worth = 0, Pace = Timing.Jittered(0.4, 0.5) };

    private static Encoder AaaaStager { get; } =
        new("dnsstager", "DNSStager (github.com/mhaskar/DNSStager): 'cloud-srv-<n>', AAAA with 16 bytes each", 0,
            (session, _) => new($"cloud-srv-{session.Sequence}.{session.Domain}", RecordType.Aaaa, Reply.Of(Record.Aaaa(session.Bytes(16), 60)))) { Worth = 0, Pace = Timing.Jittered(0.3, 0.3) };

    private static Encoder CnameStager { get; } =
        new("cnamestager", "Downlink in CNAME answers of numbered names (ET and Unit 42 notes on CNAME stagers)", 0,
            (session, _) => new($"dl{session.Sequence:d3}.{session.Domain}", RecordType.Cname, Layout.Back(session, RecordType.Cname, session.Bytes(90), Radix.Base32))) { Worth = 0, Pace = Timing.Jittered(1, 0.5) };

    /// <summary>One name; the answer is new each time.</summary>
    private static Encoder TxtCommands { get; } =
        new("txtcommands", "Command channels that poll one name (Talos 2017, DNSMessenger; Trend Micro 2021, Iron Tiger): TXT with TTL 0", 0,
            (session, _) => new($"cmd.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Convert.ToBase64String(session.Bytes(150)), 0)))) { Worth = 0, Pace = Timing.Jittered(20, 0.4) };

    private static Encoder NumberedBeacon { get; } =
        new("numberedbeacon", "Beacons with an id and a number, TXT holds the command (Symantec, Feederbot and Morto notes)", 0,
            (session, _) => new($"{session.Sequence}.{session.Id & 0xFFFF:x4}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Convert.ToBase64String(session.Bytes(session.Sequence % 4 == 0 ? 120 : 9)), 0)))) { Worth = 0, Pace = Timing.Jittered(45, 0.3) };
}
